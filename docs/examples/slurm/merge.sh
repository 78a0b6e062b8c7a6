#!/bin/bash
#SBATCH --job-name=merge
#SBATCH --time=00:15:00
#SBATCH --mem=2G
#SBATCH --output=merge-%j.log

# The parts as one result, the same to the bit as one long run's. It starts once every task is done, those that were requeued too:
#
#     job=$(sbatch --parsable ensemble.sh --count 100000)
#     sbatch --dependency=afterok:$job merge.sh

LAB=${LAB:-dicke-bistability-lab}
exec $LAB trajectories --merge results/part-*/trajectories.json --out results/merged
