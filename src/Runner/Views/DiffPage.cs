using AeVae.Reports;
using AeVae.Runner.Diffing;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>What two runs differ in: a line for each part that is equal, a table for each that is not.</summary>
/// <param name="globals">The options of the command.</param>
/// <param name="showsPatch">Whether the changes that were not committed are printed, too.</param>
sealed class DiffPage(Globals globals, bool showsPatch)
{
    const int TitleWidth = 15;

    readonly TextWriter output = globals.Output;
    readonly Paint paint = new(globals.ColorsOutput);

    /// <summary>Writes the page.</summary>
    public void Write(RunDiff comparison)
    {
        (RunDetail a, RunDetail b) = (comparison.A.Detail, comparison.B.Detail);
        Runs(a.Run, b.Run).Write(output, globals.ColorsOutput);
        Remarks("A", a);
        Remarks("B", b);
        output.WriteLine();
        foreach (DiffSection section in comparison.Sections)
            Section(section, a, b);
        output.WriteLine($"next: {globals.Command(Next(comparison))}");
    }

    static TextTable Runs(RunSummary a, RunSummary b)
    {
        TextTable table = new("", "run", "name", "status", " epochs", "started");
        foreach ((string letter, RunSummary run) in new[] { ("A", a), ("B", b) })
        {
            table.Add(
                letter,
                run.Id,
                run.Name,
                StatusText.Cell(run.Status),
                run.EpochsDone == run.EpochsPlanned ? $"{run.EpochsDone}" : $"{run.EpochsDone}/{run.EpochsPlanned}",
                RunPage.Time(run.StartedAt));
        }

        return table;
    }

    void Remarks(string letter, RunDetail run)
    {
        if (run.ParentRunId is { } parent)
            output.WriteLine($"{letter} verifies run {parent}");
        if (run.Resumptions.Count > 0)
            output.WriteLine($"{letter} was resumed after epoch {string.Join(", ", run.Resumptions.Select(resumption => resumption.Epoch))}");
        if (run.Run.TaintedReason is { } reason)
            output.WriteLine($"{letter} is {paint.Notable("tainted")}: {VisibleText.Of(reason)}");
        if (run.Provenance is null)
            output.WriteLine($"{letter} has no provenance: {paint.Notable("its code, data and environment are not known")}");
    }

    void Section(DiffSection section, RunDetail a, RunDetail b)
    {
        string title = paint.Title((section.Part == DiffPart.Config ? "configuration" : section.Part.ToString().ToLowerInvariant()).PadRight(TitleWidth));
        if (section.IsSame)
        {
            output.WriteLine($"{title}{paint.Good("equal")}{WhatIsEqual(section, a)}");
            return;
        }

        output.WriteLine(title + paint.Notable(Verdict(section)));
        DiffTables.Write(output, globals.ColorsOutput, section, a.Provenance, b.Provenance);
        output.WriteLine();
        if (showsPatch && section is CodeSection { Files: { Count: > 0 } files })
        {
            Patch("A", a.Provenance, files.Select(file => file.A?.Text));
            Patch("B", b.Provenance, files.Select(file => file.B?.Text));
        }
    }

    void Patch(string letter, Provenance? made, IEnumerable<string?> parts)
    {
        string patch = string.Concat(parts);
        string title = patch.Length > 0 ? $"changes of {letter}" : CodeSection.IsKnown(made) ? $"{letter} had none of these changes" : $"the changes of {letter} are not stored";
        output.WriteLine(paint.Title(title));
        if (patch.Length > 0)
            PatchText.Write(output, paint, patch);
        output.WriteLine();
    }

    static string WhatIsEqual(DiffSection section, RunDetail a) => section switch
    {
        ResultSection results => $" to the last bit: {Counted.Of(results.CommonEpochs, "epoch")}, {Counted.Of(section.Compared, "value")} and artifacts",
        { Part: DiffPart.Config } => $", {Counted.Of(section.Compared, "key")}",
        { Part: DiffPart.Data } => $", {Counted.Of(section.Compared, "file")}",
        { Part: DiffPart.Environment } => $", {Counted.Of(section.Compared, "value")}",
        _ when a.Provenance is { GitCommit: { } commit } made => $", commit {DiffTables.Short(commit)}{(made.GitDiffSha256 is null ? "" : " with the same changes")}",
        _ => "",
    };

    static string Verdict(DiffSection section) => section switch
    {
        ResultSection { First: { } first } => $"differ from epoch {first.Epoch} on: {Cause(first)}",
        ResultSection { CommonEpochs: > 0 and var epochs } => $"differ; the {Counted.Of(epochs, "epoch")} that both have {(epochs == 1 ? "is" : "are")} equal to the last bit",
        ResultSection => "differ",
        CodeSection => "differs",
        _ => $"{section.Discrepancies.Count} of {section.Compared} differ",
    };

    // What comes first in an epoch: the order, then the steps, then what is measured.
    static string Cause(FirstDifference first) =>
        first.Order ? "the images came in another order"
        : first.Tensors.Count > 0 ? $"tensor {first.Tensors[0]}{AndMore(first.Tensors.Count, "")}"
        : first.Parameters ? "the parameters"
        : first.Optimizer ? "the optimiser's state"
        : first.Metrics is [var metric, ..] ? $"{metric}{AndMore(first.Metrics.Count, " metrics")}, with equal weights"
        : "what cannot be told from what is stored";

    static string AndMore(int count, string what) => count > 1 ? $" and {count - 1} more{what}" : "";

    string Next(RunDiff comparison)
    {
        (string a, string b) = (comparison.A.Detail.Run.Id, comparison.B.Detail.Run.Id);
        bool hasMore = !showsPatch && comparison.Sections.OfType<CodeSection>().Any(code => code.Files.Count > 0);
        return hasMore ? $"diff {a} {b} --patch" : $"show {a} --provenance";
    }
}
