#!/bin/bash
#SBATCH --job-name=ensemble
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --signal=B:USR1@90
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=ensemble-%A_%a.log

# An ensemble of trajectories, each task a part of it. What is said after the script's name goes to the lab:
#
#     sbatch ensemble.sh --atoms 54 --ratio 15.5 --drive 0.75 --count 100000 --seed 1
#
# 90 s before the limit Slurm sends SIGUSR1; the part is then kept, and the task queued again to go on from it.

LAB=${LAB:-dicke-bistability-lab}
# A task that is submitted again alone must be told of how many it was: PARTS=8 sbatch --array=3 ensemble.sh ...
parts=${PARTS:-$SLURM_ARRAY_TASK_COUNT}
out=results/part-$SLURM_ARRAY_TASK_ID
[ -f "$out/trajectories.json" ] && set -- "$@" --resume "$out/trajectories.json"

exec bash "$SLURM_SUBMIT_DIR/until-done.sh" \
  $LAB trajectories "$@" --shard "$SLURM_ARRAY_TASK_ID/$parts" --out "$out"
