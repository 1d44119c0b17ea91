using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Slurm;

/// <summary>What a task of a sweep's job array does.</summary>
static class JobScript
{
    /// <summary>The script, for any POSIX shell.</summary>
    /// <param name="folder">Files of the sweep.</param>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="program">The assembly to execute.</param>
    /// <param name="globals">Where data lie and the project is.</param>
    public static string Text(SweepFolder folder, string sweepId, string program, Globals globals) => $$"""
        #!/bin/sh
        # Trains one trial of sweep {{sweepId}} in a task of a Slurm job array; written by `runner sweep --launcher slurm`.
        # usage: job.sh OFFSET [OPTION…]    The trial is OFFSET + the task's index; options are those of `runner sweep`.
        set -u
        sweep={{ShellWord.InQuotes(folder.Path)}}
        trial=$(($1 + SLURM_ARRAY_TASK_ID))
        shift
        folder=$sweep/$(printf 'trial-%04d' "$trial")
        echo "trial $trial on $(uname -n), job ${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID, restarts ${SLURM_RESTART_COUNT:-0}"

        # A results file for each task: machines cannot share one of SQLite.
        mkdir -p "$folder" || exit 5
        if [ ! -e "$folder/results.db" ]; then
            cp "$sweep/frozen.db" "$folder/results.db.new" && mv "$folder/results.db.new" "$folder/results.db" || exit 5
        fi
        cd {{ShellWord.InQuotes(globals.ProjectRoot)}} || exit 2
        touch "$folder/begun" || exit 5

        # USR1 comes to this shell alone, two minutes before the time limit. TERM (scancel, preemption) comes to every process of the task, and to the program only once.
        runner='' requeue=no
        trap 'requeue=yes; [ -z "$runner" ] || kill -TERM "$runner"' USR1
        trap : TERM
        RUNNER_SOURCE={{ShellWord.InQuotes(SourceFolder.Of(globals.ProjectRoot))}} {{ShellWord.InQuotes(ProgramCopy.Dotnet)}} {{ShellWord.InQuotes(program)}} sweep --resume {{sweepId}} --trial "$trial" --threads "${SLURM_CPUS_PER_TASK:-1}" \
            --db "$folder/results.db" --data {{ShellWord.InQuotes(globals.DataFolder)}} --no-report --no-color "$@" &
        runner=$!
        while wait "$runner"; status=$?; kill -0 "$runner" 2>/dev/null; do :; done

        # 143: it stored what it had and ended. Without a new checkpoint, or a new best one, it would come no further next time either.
        if [ "$requeue" = yes ] && [ "$status" -eq 143 ]; then
            if [ -z "$(find "$folder/runs" -name '*.safetensors' -newer "$folder/begun" 2>/dev/null)" ]; then
                echo "not requeued: no checkpoint was reached within the time limit. Raise sweep.slurm.time, and submit again." >&2
            else
                scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
            fi
        fi
        exit "$status"

        """;
}
