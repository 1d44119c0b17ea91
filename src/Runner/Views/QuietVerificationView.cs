using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>The verdict and nothing else; what differs first goes to standard error.</summary>
sealed class QuietVerificationView(Globals globals) : IVerificationView
{
    /// <inheritdoc/>
    public void Ended(VerificationOutcome outcome)
    {
        globals.Output.WriteLine($"{outcome.Plan.Run.Run.Id} {(outcome.Verification is { } known ? VerificationText.Summary(known) : "interrupted")}");
        if (outcome.Verification is { Verdict: Verdict.Mismatch } verification)
            globals.Error.WriteLine($"{DifferenceText.InLine(verification.Difference!)}. {verification.LikelyCauses[0]}");
    }
}
