using AeVae.Models;
using AeVae.Runner.Verifying;

namespace AeVae.Tests.Runner.Verifying;

/// <summary>Remembers what a view is told.</summary>
sealed class SilentVerification : IVerificationView
{
    public VerificationStart? Start { get; private set; }

    public List<(int Epoch, bool IsEqual)> Epochs { get; } = [];

    public Action<int> AfterEpoch { get; init; } = _ => { };

    public void Started(VerificationStart start, Trainer trainer) => Start = start;

    public void EpochCompared(EpochResult result, bool isEqual)
    {
        Epochs.Add((result.Epoch, isEqual));
        AfterEpoch(result.Epoch);
    }

    public void Ended(VerificationOutcome outcome)
    {
    }

    public void Dispose()
    {
    }
}
