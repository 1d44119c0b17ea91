using AeVae.Reports.Markdown;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>How to get the same numbers again, and what to look at next.</summary>
static class Reproduction
{
    public static string Write(RunData run)
    {
        Provenance? made = run.Detail.Provenance;
        string id = run.Run.Id;
        string checkout = Checkout(run);
        string digest = run.Detail.Epochs.Count == 0 ? "" :
            $"\nSame configuration, same data, same bits, by numeric contract NC-{run.Detail.NumericContract}: after epoch {run.Detail.Epochs[^1].Epoch} the parameters must have SHA-256\n{MarkdownText.Code(run.Detail.Epochs[^1].ParametersSha256)}.\n";
        return $"""
            ```sh
            {checkout}{CommandLine(made?.CommandLine ?? ["runner", "run", run.Detail.Experiment.File])}
            ```
            {digest}
            Next:

            ```sh
            ./runner verify {id}
            ./runner show {id}
            ./runner list
            ```

            """;
    }

    /// <summary>The commands that bring back the program of a run, each on a line; empty where no commit is stored.</summary>
    public static string Checkout(RunData run) => run.Detail.Provenance is { GitCommit: { } commit } made ? Checkout(commit, made, run.Run.Id) : "";

    // The patch comes first: the older program that is then checked out may not know how to print it.
    static string Checkout(string commit, Provenance made, string id) => made switch
    {
        { GitDiff: not null } => $"./runner show {id} --patch > changes.patch\ngit checkout {commit} && git apply changes.patch\n",
        { GitDirty: true } => $"git checkout {commit}   # the run had changes beyond this commit\n",
        _ => $"git checkout {commit}\n",
    };

    /// <summary>The recorded command as one types it at the root of the project.</summary>
    static string CommandLine(IReadOnlyList<string> recorded)
    {
        IEnumerable<string> arguments = recorded.Count > 0 && Path.GetFileNameWithoutExtension(recorded[0]) == "runner" ? recorded.Skip(1) : recorded;
        return string.Join(' ', arguments.Select(ShellWord.Quote).Prepend("./runner"));
    }
}
