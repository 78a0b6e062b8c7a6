#!/bin/bash
#SBATCH --job-name=gap-scaling
#SBATCH --array=18,24,30,36,42,48,54
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=02:00:00
#SBATCH --signal=B:USR1@90
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=gap-scaling-%A_%a.log

# The least gap over the drive, each task for one number of atoms: its own number in the array. A point has no checkpoint within it:
# --time must hold the search of the largest N, or its task starts again and again.
#
#     sbatch gap-scaling.sh --ratio 15.5

LAB=${LAB:-dicke-bistability-lab}
exec bash "$SLURM_SUBMIT_DIR/until-done.sh" \
  $LAB gap-scaling "$@" --atoms "$SLURM_ARRAY_TASK_ID" --out "results/gap-$SLURM_ARRAY_TASK_ID"
