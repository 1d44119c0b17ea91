using System.Diagnostics;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;

namespace AeVae.Runner.Views;

/// <summary>One line per epoch, for files and pipes.</summary>
sealed class PlainVerificationView(Globals globals) : IVerificationView
{
    Stopwatch clock = new();
    Pace pace = new(1, 1);
    VerificationPlan? plan;

    /// <inheritdoc/>
    public void Started(VerificationStart start, Trainer trainer)
    {
        VerificationText.WriteStart(globals, start);
        plan = start.Plan;
        pace = new Pace(plan.Epochs, trainer.StepsPerEpoch);
        clock = Stopwatch.StartNew();
    }

    /// <inheritdoc/>
    public void EpochCompared(EpochResult result, bool isEqual)
    {
        pace.EpochFinished(clock.Elapsed);
        TimeSpan? left = isEqual && result.Epoch < plan!.Epochs ? pace.Left(result.Epoch, 0, clock.Elapsed) : null;
        globals.Error.WriteLine($"{VerificationText.Epoch(plan!, result, isEqual)}{(left is { } time ? $"  {Durations.Format(time)} left" : "")}");
    }

    /// <inheritdoc/>
    public void Ended(VerificationOutcome outcome) => VerificationText.WriteEnd(globals, outcome);
}
