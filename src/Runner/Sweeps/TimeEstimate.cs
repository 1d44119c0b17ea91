using System.Diagnostics;
using AeVae.Data;

namespace AeVae.Runner.Sweeps;

/// <summary>How long the trials of a plan will take, measured on a few steps.</summary>
/// <param name="Total">From the first to the last, several at once.</param>
/// <param name="Shapes">Different shapes of trials.</param>
/// <param name="Measured">How many of them were measured; the others take the pace of the one next in work.</param>
/// <param name="Threads">Threads of a trial.</param>
sealed record TimeEstimate(TimeSpan Total, int Shapes, int Measured, int Threads)
{
    const int MostMeasured = 8;

    /// <summary>After so long in all no tests are measured any more.</summary>
    public static readonly TimeSpan TestsAtMost = TimeSpan.FromSeconds(20);

    /// <summary>The tests after the last epoch are part of it, of all shapes that were measured; false where those of one took too long.</summary>
    public bool HasTests { get; init; }

    /// <summary>Measures for about a second for each shape, and its tests while there is time.</summary>
    /// <param name="plan">What is to be run.</param>
    /// <param name="parallel">Trials at once.</param>
    /// <param name="threads">Threads of a trial.</param>
    /// <param name="images">Reads images that are on this machine.</param>
    public static TimeEstimate Measure(SweepPlan plan, int parallel, int threads, Func<DataOptions, Splits> images)
    {
        (Trial Trial, TrialShape Shape)[] trials = [.. plan.Trials.Select(trial => (trial, TrialShape.Of(trial.Spec)))];
        TrialShape[] shapes = [.. trials.Select(trial => trial.Shape).DistinctBy(shape => shape.Key).OrderBy(shape => shape.StepWork)];
        int measured = Math.Min(shapes.Length, MostMeasured);
        Dictionary<string, ShapePace> paces = [];
        double? tests = null;
        bool hasTests = true;
        TimeSpan left = TestsAtMost;
        for (int i = 0; i < measured; i++)
        {
            // Evenly from the least to the most work.
            int first = i * shapes.Length / measured, next = (i + 1) * shapes.Length / measured;
            TrialShape middle = shapes[(first + next - 1) / 2];
            long started = Stopwatch.GetTimestamp();
            ShapePace pace = middle.Measure(images(middle.Example.Data), threads, left);
            left = left - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } more ? more : TimeSpan.Zero;
            hasTests &= pace.TestSeconds is not null;
            pace = pace with { TestSeconds = tests = pace.TestSeconds ?? tests };     // what could not be measured takes this long at least
            foreach (TrialShape shape in shapes[first..next])
                paces[shape.Key] = shape.PaceBy(middle, pace);
        }

        PriorityQueue<int, double> workers = new(Enumerable.Range(0, parallel).Select(worker => (worker, 0.0)));
        double end = 0;
        foreach ((Trial trial, TrialShape shape) in trials)
        {
            workers.TryDequeue(out int worker, out double free);
            free += paces[shape.Key].Of(trial.Spec);
            end = Math.Max(end, free);
            workers.Enqueue(worker, free);
        }

        return new(TimeSpan.FromSeconds(end), shapes.Length, measured, threads) { HasTests = hasTests };
    }
}
