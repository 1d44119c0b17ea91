using System.Diagnostics;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>What the time of a trial depends on: network, loss, optimizer, batch and images.</summary>
/// <param name="Key">The same for all trials of this shape.</param>
/// <param name="Example">One of them.</param>
/// <param name="Parameters">Weights and biases of the network.</param>
sealed record TrialShape(string Key, ExperimentSpec Example, long Parameters)
{
    const int Steps = 10;

    static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    /// <summary>The shape of a trial.</summary>
    public static TrialShape Of(ExperimentSpec spec)
    {
        string key = string.Join('|', ResolvedConfig.ValueToJson(SpecKeys.Get("model"), spec.Model), ResolvedConfig.ValueToJson(SpecKeys.Get("data"), spec.Data),
            spec.Loss.Reconstruction, spec.Train.Optimizer.Type, spec.Train.BatchSize, spec.Eval.NllSamples);
        return new(key, spec, ExperimentSize.Of(spec).Parameters);
    }

    /// <summary>What a step computes: weights times images.</summary>
    public double StepWork => (double)Parameters * Example.Train.BatchSize;

    /// <summary>The pace of this shape, by that of another one: time in proportion to work.</summary>
    public ShapePace PaceBy(TrialShape measured, ShapePace pace) => new(pace.StepSeconds * (StepWork / measured.StepWork), pace.EvaluationSeconds * ((double)Parameters / measured.Parameters)) { TestSeconds = pace.TestSeconds, TrainImages = pace.TrainImages };

    /// <summary>Trains a few steps on its real images, with all evaluations, for about a second; and tests a network.</summary>
    /// <param name="images">The images.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="testsAtMost">Tests that take longer are given up.</param>
    public ShapePace Measure(Splits images, int threads, TimeSpan testsAtMost)
    {
        // Few training images are one short epoch; all validation images are a whole evaluation.
        int few = Math.Min(images.Train.Count, Steps * Example.Train.BatchSize);
        Splits sample = images with { Train = images.Train with { Pixels = images.Train.Pixels[..(few * images.Train.PixelsPerImage)], Labels = images.Train.Labels.IsEmpty ? default : images.Train.Labels[..few] } };
        using ThreadTeam team = new(threads);
        // As good as no learning rate, for a step takes as long, and a rate that is too high ends in numbers that are not finite.
        TrainingOptions steady = Example.Train with { Epochs = int.MaxValue, EarlyStop = null, LearningRate = 1e-12 };
        ExperimentSettings settings = new(Example.Seed, Example.Data.Binarize, Example.Model, Example.Loss, steady, new EvaluationOptions());
        Trainer trainer = RunExecution.Build(settings, sample, team);
        long started = Stopwatch.GetTimestamp(), epochStarted = started;
        double step = double.PositiveInfinity, evaluation = double.PositiveInfinity;
        foreach (EpochResult epoch in trainer.Run(CancellationToken.None))
        {
            // The fastest counts: the first is slowed by the compiler, the others by other work at most.
            step = Math.Min(step, epoch.Seconds / trainer.StepsPerEpoch);
            evaluation = Math.Min(evaluation, Stopwatch.GetElapsedTime(epochStarted).TotalSeconds - epoch.Seconds);
            if (epoch.Epoch > 1 && Stopwatch.GetElapsedTime(started) > Duration)
                break;
            epochStarted = Stopwatch.GetTimestamp();
        }

        return new(step, evaluation) { TrainImages = images.Train.Count, TestSeconds = MeasureTests(RunExecution.Build(settings with { Eval = Example.Eval }, images, team), testsAtMost) };
    }

    // An untrained network takes as long. Twice, where there is time: what the first measures of the images themselves the trials of a sweep share.
    static double? MeasureTests(Trainer untrained, TimeSpan atMost)
    {
        using CancellationTokenSource tooLong = new(atMost);
        double? seconds = null;
        try
        {
            for (int i = 0; i < 2; i++)
            {
                long started = Stopwatch.GetTimestamp();
                untrained.Finish(tooLong.Token);
                seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            }
        }
        catch (OperationCanceledException)
        {
            // Then it took too long.
        }

        return seconds;
    }
}

/// <summary>How fast a shape trains.</summary>
/// <param name="StepSeconds">One step.</param>
/// <param name="EvaluationSeconds">One evaluation of the validation images, with the digests of the state.</param>
readonly record struct ShapePace(double StepSeconds, double EvaluationSeconds)
{
    /// <summary>What follows the last epoch; null where that was not measured.</summary>
    public double? TestSeconds { get; init; }

    /// <summary>Images of an epoch, for an experiment that does not tell.</summary>
    public int TrainImages { get; init; }

    /// <summary>All epochs of a trial, and what follows them.</summary>
    public double Of(ExperimentSpec spec) => spec.Train.Epochs * (ExperimentSize.Of(spec).StepsPerEpoch ?? Math.Ceiling((double)TrainImages / spec.Train.BatchSize)) * StepSeconds
        + (spec.Train.Epochs + spec.Eval.Every - 1) / spec.Eval.Every * EvaluationSeconds
        + (TestSeconds ?? 0);
}
