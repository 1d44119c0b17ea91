using System.Diagnostics;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models.Checkpoints;
using AeVae.Models.Evaluation;
using AeVae.Models.Layers;
using AeVae.Models.Losses;
using AeVae.Models.Optimizers;
using AeVae.Models.Schedules;

namespace AeVae.Models;

/// <summary>Fits one autoencoder and measures it, epoch by epoch.</summary>
public sealed class Trainer
{
    const int EvaluationBatch = 256;

    readonly ExperimentSettings settings;
    readonly Splits splits;
    readonly ThreadTeam team;
    readonly BatchReader trainImages;
    readonly BatchReader validationImages;
    readonly BatchReader testImages;
    readonly Autoencoder network;
    readonly Objective objective;
    readonly Evaluator evaluator;
    readonly Optimizer optimizer;
    readonly LearningRateSchedule schedule;
    readonly EarlyStop? earlyStop;
    readonly RandomStream noiseStream;
    readonly Matrix x;
    readonly Matrix noise;
    readonly BatchLosses losses;
    int finishedEpochs;
    bool midEpoch;
    int collapsedEvaluations;
    double? meanImageError;     // of the validation images, once it is needed
    Checkpoint? captured;   // the state as it stands, until the next step
    volatile int epoch;
    volatile int step;
    volatile Phase phase;

    /// <summary>Builds the network and draws its parameters.</summary>
    /// <exception cref="SettingsException">The settings contradict each other or the images; the message names the key and what is allowed.</exception>
    public Trainer(ExperimentSettings settings, Splits splits, ThreadTeam team)
        : this(settings, splits, team, EvaluationBatch)
    {
    }

    internal Trainer(ExperimentSettings settings, Splits splits, ThreadTeam team, int evaluationBatch)
    {
        SettingsCheck.Run(settings, splits);
        this.settings = settings;
        this.splits = splits;
        this.team = team;
        int pixels = splits.Train.PixelsPerImage, batchSize = settings.Train.BatchSize;
        trainImages = BatchReader.ForTraining(splits, settings.Binarize, settings.Seed);
        validationImages = BatchReader.ForValidation(splits, settings.Binarize, settings.Seed);
        testImages = BatchReader.ForTest(splits, settings.Binarize, settings.Seed);
        network = new Autoencoder(settings.Model, pixels, settings.Seed, Math.Max(batchSize, evaluationBatch));
        objective = new Objective(settings.Loss, settings.Model.Output, pixels, network.Capacity);
        evaluator = new Evaluator(network, objective, settings, pixels, evaluationBatch, team);
        optimizer = OptimizerCatalogue.Create(settings.Train.Optimizer, network.Parameters);
        schedule = new LearningRateSchedule(settings.Train.Schedule, settings.Train.LearningRate, settings.Train.Epochs);
        earlyStop = settings.Train.EarlyStop is { } options ? new EarlyStop(options, settings.Model, settings.Loss) : null;
        noiseStream = new RandomStream(settings.Seed, "noise");
        x = new Matrix(batchSize, pixels);
        noise = new Matrix(batchSize, network.LatentDim);
        losses = new BatchLosses(batchSize);
    }

    /// <summary>Steps in one epoch; the last short batch counts.</summary>
    public int StepsPerEpoch => (splits.Train.Count + settings.Train.BatchSize - 1) / settings.Train.BatchSize;

    /// <summary>Epoch being worked on, from 1; 0 before the first. Safe to poll from another thread.</summary>
    public int Epoch => epoch;

    /// <summary>Steps done in this epoch; safe to poll from another thread.</summary>
    public int Step => step;

    /// <summary>What is being done; safe to poll from another thread.</summary>
    public Phase Phase => phase;

    /// <summary>The early-stop rule has ended training.</summary>
    public bool StoppedEarly => earlyStop is { Fired: true };

    /// <summary>No epoch is left to train.</summary>
    public bool IsTrained => finishedEpochs == settings.Train.Epochs || StoppedEarly;

    /// <inheritdoc cref="ExperimentSettings.EffectiveBeta"/>
    public double? EffectiveBeta => settings.EffectiveBeta(splits.Train.PixelsPerImage);

    /// <summary>Number of trained parameters.</summary>
    public long ParameterCount => network.Parameters.Sum(p => (long)p.Value.Count);

    /// <summary>Trains; yields after every finished epoch. Cancelling ends the sequence without the epoch in progress.</summary>
    /// <exception cref="NonFiniteException">A loss or gradient is not finite.</exception>
    public IEnumerable<EpochResult> Run(CancellationToken cancellation)
    {
        while (!IsTrained)
        {
            midEpoch = true;
            EpochResult? result = RunEpoch(finishedEpochs + 1, cancellation);
            if (result is null) yield break;
            finishedEpochs = result.Epoch;
            midEpoch = false;
            yield return result;
        }
    }

    /// <summary>The state between two epochs: after an epoch, the copy that its digests were taken of.</summary>
    /// <exception cref="InvalidOperationException">Training was cancelled within an epoch.</exception>
    public Checkpoint Capture()
    {
        if (midEpoch) throw new InvalidOperationException($"epoch {finishedEpochs + 1} was not finished: its state is no checkpoint");
        return captured ??= CaptureAfter(finishedEpochs);
    }

    /// <summary>Continues after the checkpoint's epoch with the same bits; call it before <see cref="Run"/>.</summary>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another network or optimiser.</exception>
    public void Restore(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        StateTransfer.Restore(checkpoint, Tensors, optimizer.Scalars, earlyStop);
        finishedEpochs = epoch = checkpoint.Epoch;
        collapsedEvaluations = checkpoint.CollapsedEvaluations;
        captured = null;
    }

    /// <summary>Measures the test images and collects what the figures need.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="state">That of an earlier epoch, whose parameters are measured in place of the last ones.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Training was cancelled within an epoch.</exception>
    /// <exception cref="InvalidDataException">The state belongs to another network.</exception>
    public FinalEvaluation Finish(CancellationToken cancellation, IProgress<double>? progress = null, Checkpoint? state = null)
    {
        if (midEpoch) throw new InvalidOperationException($"epoch {finishedEpochs + 1} was not finished: its parameters are not to be measured");
        phase = Phase.Evaluating;
        Checkpoint last = Capture();
        state ??= last;
        try
        {
            StateTransfer.RestoreParameters(state, network.Parameters);
            return new TestEvaluation(network, objective, evaluator, settings, splits, team).Run(state, KlWeight(Math.Max(state.Epoch, 1)), progress, cancellation);
        }
        finally
        {
            StateTransfer.RestoreParameters(last, network.Parameters);
        }
    }

    double KlWeight(int number) => settings.Model.Type == ModelType.Vae ? KlWarmup.Weight(settings.Loss, number) : 0;

    IEnumerable<Tensor> Tensors => [.. network.Parameters.Select(p => p.Value), .. optimizer.State];

    EpochResult? RunEpoch(int number, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        int[] order = StartEpoch(number);
        double learningRate = schedule.Rate(number), klWeight = KlWeight(number);
        RunningLosses means = default;
        for (int first = 0; first < order.Length; first += x.Capacity)
        {
            if (cancellation.IsCancellationRequested) return null;
            means.Add(TrainStep(order.AsSpan(first, Math.Min(x.Capacity, order.Length - first)), learningRate, klWeight));
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        phase = Phase.Evaluating;
        return Measure(number, order, seconds, TrainMetrics(means, learningRate, klWeight), klWeight, cancellation);
    }

    /// <summary>Turns to an epoch.</summary>
    /// <returns>The order in which it visits the training images.</returns>
    internal int[] StartEpoch(int number)
    {
        (step, epoch, phase) = (0, number, Phase.Training);
        return EpochOrder.Draw(splits.Train.Count, settings.Seed, number);
    }

    /// <summary>One step of stochastic gradient descent on the objective (Kingma and Welling 2014, algorithm 1).</summary>
    /// <returns>What the images cost before the step, until the next one.</returns>
    internal BatchLosses TrainStep(ReadOnlySpan<int> images, double learningRate, double klWeight)
    {
        step++;
        captured = null;
        trainImages.Fill(x, images, epoch, team);                                   // (batch × pixels)
        LatentNoise.FillStep(noise, images.Length, noiseStream, epoch, step, team); // ε ~ N(0, I), (batch × latent)

        network.Encode(x, team);                                                    // q(z|x)
        Matrix z = network.Sample(noise, team);                                     // μ + ε·σ, or the code
        Matrix decoded = network.Decode(z, team);                                   // logits of p(x|z), (batch × pixels)
        objective.Measure(decoded, x, network.Posterior, klWeight, losses, team);
        if (!losses.AreFinite) throw new NonFiniteException(epoch, step, "loss");

        Matrix dDecoded = objective.Gradient(decoded, x, team);
        network.Backward(x, noise, dDecoded, (float)(klWeight / images.Length), team);
        if (settings.Train.GradientClip is { } maxNorm) GradientClip.Apply(network.Parameters, maxNorm, team);
        if (optimizer.Step(learningRate, team) is { } notFinite) throw new NonFiniteException(epoch, step, $"gradient of {notFinite.Name}");
        return losses;
    }

    List<MetricValue> TrainMetrics(RunningLosses means, double learningRate, double klWeight)
    {
        List<MetricValue> metrics =
        [
            new(Split.Train, "loss", means.Objective),
            new(Split.Train, "bce", means.CrossEntropy),
            new(Split.Train, "mse", means.SquaredError / x.Columns),
            new(Split.Train, "learning_rate", learningRate),
        ];
        if (network.Posterior is not null) metrics.AddRange([new(Split.Train, "kl", means.Kl), new(Split.Train, "kl_weight", klWeight)]);
        return metrics;
    }

    EpochResult? Measure(int number, int[] order, double seconds, List<MetricValue> metrics, double klWeight, CancellationToken cancellation)
    {
        string? warning = null;
        if (number % settings.Eval.Every == 0 || number == settings.Train.Epochs)
        {
            SplitEvaluation validation;
            try
            {
                validation = evaluator.Measure(Split.Validation, validationImages, klWeight, cancellation);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            // The next step would find it; after the last epoch nobody would.
            if (validation.Metrics.Find(Split.Validation, "loss") is { } loss && !double.IsFinite(loss))
                throw new NonFiniteException(number, step, "validation loss");
            metrics.AddRange(validation.Metrics);
            if (!settings.Loss.IsWarmUp(number)) earlyStop?.Observe(metrics);
            warning = WarnOfCollapse(validation);
        }

        Half[,]? frame = LatentFrames.Contains(number, settings.Train.Epochs) || StoppedEarly
            ? LatentFrames.Of(evaluator.Codes(testImages, Math.Min(splits.Test.Count, LatentFrames.Images), CancellationToken.None))
            : null;
        Checkpoint state = captured = CaptureAfter(number);
        return new EpochResult
        {
            Epoch = number,
            Metrics = metrics,
            ParametersSha256 = state.ParametersSha256,
            OptimizerSha256 = state.OptimizerSha256,
            OrderSha256 = EpochOrder.Sha256(order),
            Tensors = [.. state.ParameterTensors.Concat(state.OptimizerTensors).Select(StateDigest.Of)],
            Seconds = seconds,
            ImagesPerSecond = order.Length / seconds,
            Warnings = warning is null ? [] : [warning],
            LatentFrame = frame,
            StopsEarly = StoppedEarly,
        };
    }

    /// <summary>A sentence when the posterior has been collapsed for some evaluations, or is when training ends, and when it no longer is.</summary>
    string? WarnOfCollapse(SplitEvaluation validation)
    {
        if (EffectiveBeta is not { } beta || beta == 0) return null;
        int before = collapsedEvaluations;
        collapsedEvaluations = PosteriorCollapse.Count(before, validation, () => meanImageError ??= Baselines.MeanImageError(validationImages, team));
        bool endsTooSoon = (epoch == settings.Train.Epochs || StoppedEarly) && collapsedEvaluations is > 0 and < PosteriorCollapse.EvaluationsBeforeWarning;
        return collapsedEvaluations == PosteriorCollapse.EvaluationsBeforeWarning || endsTooSoon ? PosteriorCollapse.Warning(validation, network.LatentDim, settings.Loss, beta, collapsedEvaluations)
            : collapsedEvaluations == 0 && before >= PosteriorCollapse.EvaluationsBeforeWarning ? PosteriorCollapse.Recovery(validation, network.LatentDim)
            : null;
    }

    Checkpoint CaptureAfter(int number) => StateTransfer.Capture(number, Tensors, optimizer.Scalars, earlyStop, collapsedEvaluations);
}
