using AeVae.Models;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Shows one verification while it is carried out. The verdict goes to standard output, progress to standard error. What a view does not tell it leaves out.</summary>
interface IVerificationView : IDisposable
{
    /// <summary>Told of the progress of the final evaluation, 0 … 1; null where nobody is.</summary>
    IProgress<double>? Evaluating => null;

    /// <summary>The first step begins; <paramref name="trainer"/> may be polled for its position.</summary>
    void Started(VerificationStart start, Trainer trainer)
    {
    }

    /// <summary>An epoch is trained and compared.</summary>
    void EpochCompared(EpochResult result, bool isEqual)
    {
    }

    /// <summary>There is a verdict, or it was interrupted.</summary>
    void Ended(VerificationOutcome outcome);

    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
    }
}

/// <summary>What is known when the first step begins.</summary>
/// <param name="Plan">What is to be compared.</param>
/// <param name="VerifyingRunId">The run that executes it again.</param>
/// <param name="Here">Where and from what.</param>
/// <param name="Notices">What is wrong already, such as data that changed; one sentence each.</param>
sealed record VerificationStart(VerificationPlan Plan, string VerifyingRunId, Provenance Here, IReadOnlyList<string> Notices);
