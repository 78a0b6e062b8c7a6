#!/bin/bash
# Runs a command in a batch job and passes the job's signals on to it. Where SIGUSR1 came, before the time limit, and the command says
# that it can go on (75), the job is queued again. Not so after SIGTERM: a job that is cancelled would come back, and one that is
# preempted Slurm queues by itself.

trap 'limit=reached; kill -s USR1 "$run"' USR1
trap 'kill -s TERM "$run"' TERM
"$@" &
run=$!
# A signal to this shell cuts its waiting short.
wait "$run"
while kill -0 "$run" 2>/dev/null; do wait "$run"; done
wait "$run"
status=$?
[ "$status" -eq 75 ] && [ -n "$limit" ] || exit "$status"
# Of an array this task alone: the number of one of its jobs is also that of the whole.
task=${SLURM_ARRAY_TASK_ID:+${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID}
exec scontrol requeue "${task:-$SLURM_JOB_ID}"
