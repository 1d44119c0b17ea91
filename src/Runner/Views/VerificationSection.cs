using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>What the page of a run says of its verifications: a line each, and why it is a mismatch if it is.</summary>
static class VerificationSection
{
    const int ShownAtMost = 5;

    /// <summary>Writes it.</summary>
    /// <param name="globals">Where to.</param>
    /// <param name="run">It has at least one.</param>
    /// <param name="lines">Of the page.</param>
    public static void Write(Globals globals, RunDetail run, LabelledLines lines)
    {
        IReadOnlyList<Verification> verifications = run.Verifications;
        TextTable table = new("when", "verdict", "by run");
        foreach (Verification verification in verifications.Reverse().Take(ShownAtMost))
        {
            table.Add(
                RunPage.Time(verification.FinishedAt),
                VerificationText.Cell(verification),
                verification.VerifyingRunId ?? "removed");
        }

        table.Write(globals.Output, globals.ColorsOutput);
        if (verifications.Count > ShownAtMost)
            globals.Output.WriteLine($"and {verifications.Count - ShownAtMost} older");
        if (run.FindDecisive() is not { Difference: { } difference } mismatch)
            return;
        lines.Write("first", DifferenceText.Describe(difference));
        lines.Write(mismatch.LikelyCauses.Count == 1 ? "likely cause" : "likely causes", mismatch.LikelyCauses.Select((cause, i) => lines.Wrap($"{i + 1}. {cause}")));
    }
}
