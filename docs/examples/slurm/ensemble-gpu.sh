#!/bin/bash
#SBATCH --job-name=ensemble-gpu
#SBATCH --array=1-4
#SBATCH --gres=gpu:1
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --signal=B:USR1@90
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=ensemble-gpu-%A_%a.log

# The same on a GPU for each task: the node needs its Vulkan driver, and the lab the package webgpu. Where no GPU is found the task
# fails with status 3 and says why; without --engine gpu it would go on on the CPU.

exec bash "$SLURM_SUBMIT_DIR/ensemble.sh" "$@" --engine gpu
