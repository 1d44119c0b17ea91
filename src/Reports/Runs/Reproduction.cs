using AeVae.Reports.Markdown;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Reports.Runs;

/// <summary>How to get the same numbers again, and what to look at next.</summary>
static class Reproduction
{
    public static string Write(RunData run)
    {
        string id = run.Run.Id;
        string checkout = Checkout(run);
        string digest = run.Detail.Epochs.Count == 0 ? "" :
            $"\nSame configuration, same data, same bits, by numeric contract NC-{run.Detail.NumericContract}: after epoch {run.Detail.Epochs[^1].Epoch} the parameters must have SHA-256\n{MarkdownText.Code(run.Detail.Epochs[^1].ParametersSha256)}.\n";
        string missing = checkout.Length > 0 && run.Run.ParentRunId is null && MissingFiles(run, run.Detail.Experiment.File) is { } sentence ? $"\n{sentence}\n" : "";
        return $"""
            ```sh
            {checkout}{Command(run)}
            ```
            {missing}{digest}
            Next, in the database that this page was made from (elsewhere, name it with `--db`):

            ```sh
            ./runner verify {id}
            ./runner show {id}
            ./runner list
            ```

            """;
    }

    /// <summary>The commands that bring back the program of a run, each on a line, in a folder beside this one; empty where no commit is stored.</summary>
    public static string Checkout(RunData run) => run.Detail.Provenance is { GitCommit: { } commit } made ? Checkout(commit, made, run) : "";

    /// <summary>Says which files of the experiment the commit does not bring back, and what needs none of them; null when nothing is stored that says so.</summary>
    /// <param name="run">A run whose commit is stored.</param>
    /// <param name="file">The file that its command names.</param>
    public static string? MissingFiles(RunData run, string file)
    {
        Provenance made = run.Detail.Provenance!;
        string[] files = [.. made.ExperimentFiles.Select(read => read.Path).Prepend(file).Distinct()];
        HashSet<string> patched = [.. PatchFile.Split(made.GitDiff ?? "").Select(patch => patch.Path)];
        string[] outside = [.. files.Where(IsOutside)];
        // Of new files only those are stored that the program is built from; whether this is one of the others nobody took down.
        string[] unknown = made.CodeState == CodeState.AsCommitted ? [] : [.. files.Except(outside).Where(path => !patched.Any(changed => changed == path || changed.EndsWith($"/{path}", StringComparison.Ordinal)))];
        string? where = outside.Length > 0 ? $"{Named(outside)} not in that commit"
            : unknown.Length > 0 ? $"{Named(unknown)} not known to be in that commit"
            : null;
        return where is null ? null : $"{where}; `./runner verify {run.Run.Id}` needs no file: it executes the stored configuration.";
    }

    static bool IsOutside(string path) => Path.IsPathRooted(path) || path.StartsWith("../", StringComparison.Ordinal);

    static string Named(string[] files) => $"{string.Join(", ", files.Select(MarkdownText.Code))} {(files.Length == 1 ? "is" : "are")}";

    // Into a folder of its own, with the data that are here: a checkout would stop at results.db, or bring back an older one.
    static string Checkout(string commit, Provenance made, RunData run)
    {
        string id = run.Run.Id, folder = $"../aevae-{id[^RunId.EndingLength..]}", data = run.Parameter("data.dataset") == "synthetic" ? "" : $"ln -s \"$PWD/data\" {folder}\n";
        string changes = made switch
        {
            { GitDiff: not null } => $"./runner show {id} --patch | git -C {folder} apply\n",
            { CodeState: CodeState.Changed } => "# the run had changes beyond this commit\n",
            _ => "",
        };
        return $"git worktree add {folder} {ShortHash.Of(commit)}\n{data}{changes}cd {folder}\n";
    }

    /// <summary>The recorded command as one types it at the root of the project.</summary>
    static string Command(RunData run)
    {
        IReadOnlyList<string> recorded = run.Detail.Provenance?.CommandLine ?? ["runner", "run", run.Detail.Experiment.File];
        // A sweep that was resumed has nothing left to train, and elsewhere its id says nothing.
        if (recorded.Any(word => word == "--resume" || word.StartsWith("--resume=", StringComparison.Ordinal))) return $"./runner verify {run.Run.Id}";
        List<string> arguments = [.. recorded.Count > 0 && Path.GetFileNameWithoutExtension(recorded[0]) == "runner" ? recorded.Skip(1) : recorded];
        // It may have been typed in a folder below, and with a results file and data of its own.
        string file = run.Detail.Experiment.File;
        int typed = arguments.FindIndex(word => word == file || word.EndsWith(Path.GetFileName(file), StringComparison.Ordinal));
        if (typed >= 0) arguments[typed] = file;
        foreach (string option in (string[])["--db", "--data"])
        {
            if (arguments.IndexOf(option) is not (>= 0 and var place)) continue;
            // Own images may lie in that folder alone.
            bool isNeeded = option == "--data" && place + 1 < arguments.Count && (Path.IsPathRooted(arguments[place + 1]) || run.Parameter("data.path") is not null);
            if (!isNeeded) arguments.RemoveRange(place, Math.Min(2, arguments.Count - place));
        }

        return string.Join(' ', arguments.Select(ShellWord.Quote).Prepend("./runner"));
    }
}
