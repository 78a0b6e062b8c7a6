#!/bin/bash
#SBATCH --job-name=merge-gap-scaling
#SBATCH --time=00:15:00
#SBATCH --mem=1G
#SBATCH --output=merge-gap-scaling-%j.log

# The points as one result with both fits:
#
#     job=$(sbatch --parsable gap-scaling.sh --ratio 15.5)
#     sbatch --dependency=afterok:$job merge-gap-scaling.sh

LAB=${LAB:-dicke-bistability-lab}
exec $LAB gap-scaling --merge results/gap-[0-9]*/gap-scaling.json --out results/gap-scaling
