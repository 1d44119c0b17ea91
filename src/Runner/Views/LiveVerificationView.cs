using AeVae.Models;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;

namespace AeVae.Runner.Views;

/// <summary>A bar between the first lines and the verdict, for a terminal.</summary>
sealed class LiveVerificationView(Globals globals) : IVerificationView
{
    VerificationBar? bar;

    /// <inheritdoc/>
    public IProgress<double>? Evaluating => bar;

    /// <inheritdoc/>
    public void Started(VerificationStart start, Trainer trainer)
    {
        VerificationText.WriteStart(globals, start);
        bar = new VerificationBar(globals, "  ", start.Plan.Epochs, trainer);
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
        VerificationText.WriteEnd(globals, outcome);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        bar?.Dispose();
        bar = null;
    }
}
