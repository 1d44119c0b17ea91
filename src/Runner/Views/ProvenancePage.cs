using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Views;

/// <summary>Where a run was made, from what, and what changed meanwhile.</summary>
sealed class ProvenancePage(Globals globals)
{
    const int LabelWidth = 15;

    readonly TextWriter output = globals.Output;
    readonly Paint paint = new(globals.ColorsOutput);

    /// <summary>Writes the page.</summary>
    public void Write(RunDetail run)
    {
        output.WriteLine($"run {run.Run.Id}");
        Title("experiment");
        Line("name", run.Experiment.Name);
        Line("file", run.Experiment.File);
        foreach (ExperimentFileRecord file in run.Provenance?.ExperimentFiles ?? [])
        {
            // Both are relative to a root: the one to the project's, the other to that of the program's source.
            bool isItself = file.Path == run.Experiment.File || file.Path.EndsWith($"/{run.Experiment.File}", StringComparison.Ordinal);
            Line(isItself ? "text" : "extends", isItself ? $"sha256 {file.Sha256}" : $"{file.Path}, sha256 {file.Sha256}");
        }

        Line("configuration", $"sha256 {run.Experiment.ConfigSha256}");
        if (run.Provenance is { } provenance)
        {
            Line("command", string.Join(' ', provenance.CommandLine.Select(ShellWord.Quote)));
            Code(provenance, run.NumericContract);
            Machine(provenance);
            Pairs("variables", provenance.Environment);
            Pairs("packages", provenance.Packages);
            Data(provenance.DataFiles);
        }
        else
            Line("provenance", "none is stored with this run");
        if (run.Resumptions.Count > 0)
            Resumed(run);
        BeginAndEnd(run);
        if (run.Provenance?.GitDiff is { } patch)
        {
            Title("changes that were not committed");
            PatchText.Write(output, paint, patch);
        }

        foreach (Resumption resumption in run.Resumptions.Where(resumption => resumption.GitDiff is not null && resumption.GitDiffSha256 != run.Provenance?.GitDiffSha256))
        {
            Title($"changes that were not committed when it was resumed on {RunPage.Time(resumption.ResumedAt)}");
            PatchText.Write(output, paint, resumption.GitDiff!);
        }

        output.WriteLine();
        output.WriteLine($"next: {Next(run)}");
    }

    void Code(Provenance made, int contract)
    {
        Title("code");
        Line("commit", made.GitCommit is null ? "none: not in git, or git could not be asked" : $"{made.GitCommit} ({made.GitBranch ?? "no branch"})");
        if (made.GitCommit is not null)
            Line("changes", Changes(made));
        if (made.ProgramSha256 is { } program)
            Line("program", $"sha256 {program}");
        Line("contract", $"NC-{contract}");
    }

    static string Changes(Provenance made) => made switch
    {
        { GitDiff: { } patch } => $"{PatchText.Summary(patch)}, sha256 {made.GitDiffSha256} (printed below)",
        { GitDiffSha256: { } sha256 } => $"not stored, being larger than a mebibyte, sha256 {sha256}",
        { CodeState: CodeState.Unknown } => "not known",
        _ => $"none: {made.CodeState.InWords()}",
    };

    void Machine(Provenance made)
    {
        Title("machine");
        Line("host", made.Host);
        Line("system", made.OperatingSystem);
        Line("processor", $"{made.CpuModel}, {made.LogicalProcessors} for this process");
        Line("arithmetic", Arithmetic(made.SimdPath, made.Threads));
        Line(".NET", made.DotnetVersion);
        Line("locale", made.Locale);
        Line("time zone", made.TimeZone);
    }

    void Pairs(string title, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
            return;
        Title(title);
        int widest = pairs.Max(pair => pair.Key.Length);
        foreach ((string name, string value) in pairs)
            output.WriteLine(VisibleText.Of($"  {name.PadRight(widest)}  {value}"));
    }

    void Data(IReadOnlyList<DataFileRecord> files)
    {
        Title("data");
        TextTable table = new("file", " size", "sha256") { Indent = 2 };
        foreach (DataFileRecord file in files)
            table.Add(file.Path, Numbers.Bytes(file.Bytes), file.Sha256);
        table.Write(output, globals.ColorsOutput);
    }

    void Resumed(RunDetail run)
    {
        Title("resumed");
        TextTable table = new("when", " after epoch", "it was", " epochs cut", "code", "on") { Indent = 2 };
        foreach (Resumption resumption in run.Resumptions)
        {
            table.Add(
                RunPage.Time(resumption.ResumedAt),
                resumption.Epoch == 0 ? "begun anew" : Numbers.Count(resumption.Epoch),
                StatusText.Cell(resumption.PreviousStatus),
                Numbers.Count(resumption.EpochsCut),
                Code(run.Provenance, resumption),
                $"{resumption.Host}, {resumption.CpuModel}, {Arithmetic(resumption.SimdPath, resumption.Threads)}, .NET {resumption.DotnetVersion}");
        }

        table.Write(output, globals.ColorsOutput);
    }

    static string Code(Provenance? begin, Resumption now)
    {
        string[] others =
        [
            .. begin?.GitCommit != now.GitCommit ? [$"commit {(now.GitCommit is { } commit ? DiffTables.Short(commit) : "none")}"] : Array.Empty<string>(),
            .. begin?.GitDiffSha256 != now.GitDiffSha256 ? [now.GitDiff is null ? now.GitDiffSha256 is null ? "no changes" : "other changes" : "other changes (printed below)"] : Array.Empty<string>(),
            .. begin?.ProgramSha256 is { } program && now.ProgramSha256 is { } other && program != other ? ["another program"] : Array.Empty<string>(),
        ];
        return others.Length == 0 ? "as at the begin" : string.Join(", ", others);
    }

    void BeginAndEnd(RunDetail run)
    {
        Title("from begin to end");
        Line("begun", RunPage.Time(run.Run.StartedAt));
        if (run.Run.FinishedAt is { } end)
            Line("ended", $"{RunPage.Time(end)}, {run.Run.Status.Word()}");
        WriteLine("changed", run.Run switch
        {
            { TaintedReason: { } reason } => paint.Notable(VisibleText.Of(reason).Replace("; ", "\n" + new string(' ', LabelWidth + 2), StringComparison.Ordinal)),
            { Status: RunStatus.Running or RunStatus.Queued } => "known when it ends",
            { Status: RunStatus.Crashed } => "not known: it crashed",
            _ => "nothing: code, experiment and data are those of the begin",
        });
    }

    string Next(RunDetail run) => run.Provenance?.GitDiff is not null
        ? $"{globals.Command($"show {run.Run.Id} --patch")} | git apply"
        : globals.Command($"show {run.Run.Id}");

    static string Arithmetic(string simdPath, int threads) => $"{simdPath}, {Counted.Of(threads, "thread")}";

    void Title(string title)
    {
        output.WriteLine();
        output.WriteLine(paint.Title(title));
    }

    void Line(string label, string text) => WriteLine(label, VisibleText.Of(text));

    void WriteLine(string label, string text) => output.WriteLine($"  {label,-LabelWidth}{text}");
}
