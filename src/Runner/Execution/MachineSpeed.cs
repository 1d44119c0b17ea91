using AeVae.Compute;
using AeVae.Models;

namespace AeVae.Runner.Execution;

/// <summary>How fast this machine computes here and now, in 10⁹ floating-point operations per second.</summary>
/// <param name="Threads">Threads that runs use by default.</param>
/// <param name="PeakOfOneThread">Fused multiply-adds between registers, on one thread.</param>
/// <param name="Peak">The same on all <paramref name="Threads"/>.</param>
/// <param name="StepSeconds">One reference step on all <paramref name="Threads"/>.</param>
/// <param name="RoundTripNanoseconds">From one thread to another and back; null with one thread.</param>
sealed record MachineSpeed(int Threads, double PeakOfOneThread, double Peak, double StepSeconds, double? RoundTripNanoseconds)
{
    // In nanoseconds, longer than between the sockets of one machine: a round trip above it was one in which a waiting thread had lost its processor.
    const double LongestRoundTrip = 2_000;

    // Idle cores gain nearly their number.
    const double LeastGain = 1.2;

    /// <summary>The reference step's operations, by the formula, in its time.</summary>
    public double Step => ReferenceStep.Operations / StepSeconds / 1e9;

    /// <summary>Of the peak on all threads; above 1 when skipped zeros outweigh all that the formula leaves out.</summary>
    public double ShareOfPeak => Step / Peak;

    /// <summary>The threads did not run at the same time: one waited for another's processor, or all of them do no more than one.</summary>
    public bool IsBusy => RoundTripNanoseconds > LongestRoundTrip || (Threads > 1 && Peak < LeastGain * PeakOfOneThread);

    /// <summary>Measures for about a second and a half.</summary>
    public static MachineSpeed Measure()
    {
        using ThreadTeam one = new(1), all = new(Processors.PhysicalCores);
        double peakOfOne = FusedMultiplyAddPeak.Measure(one), peakBefore = FusedMultiplyAddPeak.Measure(all), step = ReferenceStep.MeasureSeconds(all);

        // Once more, because other work can hold a core for as long as a measurement takes.
        double peak = Math.Max(peakBefore, FusedMultiplyAddPeak.Measure(all));
        return new(all.Threads, peakOfOne, peak, step, all.Threads > 1 ? ThreadRoundTrip.MeasureNanoseconds() : null);
    }
}
