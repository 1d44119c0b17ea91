using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>One line per verification, with a bar in its place while it is carried out in a terminal.</summary>
sealed class BriefVerificationView(Globals globals) : IVerificationView
{
    const int NameWidth = 24;
    const int Indent = RunId.EndingLength + 2 + NameWidth + 2;

    readonly bool draws = Terminal.IsInteractive && !globals.Quiet;
    VerificationBar? bar;

    /// <inheritdoc/>
    public IProgress<double>? Evaluating => bar;

    /// <summary><c>k3f9  vae-lr1e-4              verified, all 50 epochs  3 min 20 s</c>.</summary>
    public static string Line(RunSummary run, string result) => $"{run.Id[^RunId.EndingLength..]}  {run.Name,-NameWidth}  {result}";

    /// <inheritdoc/>
    public void Started(VerificationStart start, Trainer trainer)
    {
        if (draws)
            bar = new VerificationBar(globals, Line(start.Plan.Run.Run, ""), start.Plan.Epochs, trainer);
    }

    /// <inheritdoc/>
    public void EpochCompared(EpochResult result, bool isEqual)
    {
        if (isEqual)
            bar?.EpochIsEqual(result.Epoch);
    }

    /// <inheritdoc/>
    public void Ended(VerificationOutcome outcome)
    {
        Dispose();
        RunSummary run = outcome.Plan.Run.Run;
        if (outcome.Verification is not { } verification)
        {
            globals.Output.WriteLine(Line(run, "interrupted"));
            return;
        }

        string text = new Paint(globals.ColorsOutput).Of(VerificationText.Cell(verification));
        LabelledLines lines = new(globals.Output, Indent);
        globals.Output.WriteLine(Line(run, $"{text}{(outcome.Restored.Count > 0 ? ", restored" : "")}, {Durations.Format(outcome.Elapsed)}"));
        if (VerificationText.Additions(outcome) is { } additions)
            lines.Write("", lines.Wrap(additions));
        if (outcome.Note is { } note)
            lines.Write("", lines.Wrap(note));
        if (verification.Difference is { } difference)
            lines.Write("", lines.Wrap($"{DifferenceText.Name(difference)}. {verification.LikelyCauses[0]}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        bar?.Dispose();
        bar = null;
    }
}
