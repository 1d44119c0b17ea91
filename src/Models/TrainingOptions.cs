using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AeVae.Models;

/// <summary>How parameters are fitted: the <c>train</c> section of an experiment file.</summary>
[Description("How the parameters are fitted.")]
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images.</summary>
    [Description("Passes over the training images."), Required, Range(1, 1_000_000)]
    public int Epochs { get; init; } = 1;

    /// <summary>Images per step.</summary>
    [Description("Images per step; the last short batch is kept."), Range(1, 65536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Update rule.</summary>
    [Description("Update rule: adam, adamw, sgd or rmsprop, or a mapping {type: adam, …} with its options.")]
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>Step size before any schedule.</summary>
    [Description("Step size before any schedule."), Range(0.0, 1e6)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the step size changes.</summary>
    [Description("How the step size changes over the epochs: constant, or a mapping {type: step|multistep|exponential|cosine|warmup, …}.")]
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Largest global norm of the gradient; null leaves it alone.</summary>
    [Description("Scale the gradient down when its global Euclidean norm exceeds this; null leaves it alone."), Range(1e-12, 1e12)]
    public double? GradientClip { get; init; }

    /// <summary>When to stop before the last epoch; null never.</summary>
    [Description("Stop before the last epoch when a metric no longer improves; null never does.")]
    public EarlyStopOptions? EarlyStop { get; init; }
}

/// <summary>Update rule and its options; defaults are PyTorch's.</summary>
[Description("Update rule and its options; defaults are PyTorch's.")]
public sealed record OptimizerOptions
{
    /// <summary>Rule.</summary>
    [Description("Update rule.")]
    public OptimizerType Type { get; init; } = OptimizerType.Adam;

    /// <summary>Decay of the first and second moment (adam, adamw).</summary>
    [Description("Decay rates of the first and the second moment."), Length(2, 2), Range(0.0, 0.999999999)]
    public IReadOnlyList<double> Betas { get; init; } = [0.9, 0.999];

    /// <summary>Added to the denominator (adam, adamw, rmsprop); not 0, with which a weight of no gradient, as of a pixel that is black in every image, becomes 0 ÷ 0.</summary>
    [Description("Added to the denominator."), Range(1e-20, 1.0)]
    public double Eps { get; init; } = 1e-8;

    /// <summary>L2 penalty (adam, sgd, rmsprop) or decoupled decay (adamw); null: 0, and 0.01 for adamw.</summary>
    [Description("L2 penalty added to the gradient (adam, sgd, rmsprop), or decoupled decay (adamw); default 0, for adamw 0.01."), Range(0.0, 1e6)]
    public double? WeightDecay { get; init; }

    /// <summary><see cref="WeightDecay"/>, or its default.</summary>
    public double Decay => WeightDecay ?? (Type == OptimizerType.Adamw ? 0.01 : 0);

    /// <summary>Momentum (sgd, rmsprop).</summary>
    [Description("Momentum: the velocity is momentum · velocity + gradient, as in PyTorch."), Range(0.0, 0.999999999)]
    public double Momentum { get; init; }

    /// <summary>Nesterov momentum (sgd).</summary>
    [Description("Nesterov's momentum; needs momentum above 0.")]
    public bool Nesterov { get; init; }

    /// <summary>Smoothing of the squared gradient (rmsprop).</summary>
    [Description("Smoothing constant of the squared gradient."), Range(0.0, 0.999999999)]
    public double Alpha { get; init; } = 0.99;

    /// <summary>Normalise by the estimated variance instead of the second moment (rmsprop).</summary>
    [Description("Divide by the estimated standard deviation of the gradient instead of its root mean square.")]
    public bool Centered { get; init; }
}

/// <summary>Update rule.</summary>
public enum OptimizerType
{
    /// <summary>Kingma and Ba 2015.</summary>
    Adam,

    /// <summary>Loshchilov and Hutter 2019.</summary>
    Adamw,

    /// <summary>Stochastic gradient descent, with PyTorch's momentum.</summary>
    Sgd,

    /// <summary>Tieleman and Hinton 2012, with PyTorch's options.</summary>
    Rmsprop,
}

/// <summary>How the step size changes; the factor is applied per epoch.</summary>
[Description("How the step size changes; it is set once per epoch.")]
public sealed record ScheduleOptions
{
    /// <summary>Kind of schedule.</summary>
    [Description("Kind of schedule: step multiplies the step size by gamma every step_size epochs, multistep after each milestone, exponential after every epoch; cosine falls along half a cosine; warmup rises linearly, then stays.")]
    public ScheduleType Type { get; init; } = ScheduleType.Constant;

    /// <summary>Epochs between two drops (step).</summary>
    [Description("Epochs between two drops."), Range(1, 1_000_000)]
    public int StepSize { get; init; } = 10;

    /// <summary>Epochs after which the step size drops (multistep).</summary>
    [Description("Epochs after which the step size drops, ascending."), Range(1, 1_000_000)]
    public IReadOnlyList<int> Milestones { get; init; } = [];

    /// <summary>Factor of each drop (step, multistep) or of each epoch (exponential).</summary>
    [Description("Factor of each drop, or of each epoch."), Range(0.0, 1.0)]
    public double Gamma { get; init; } = 0.1;

    /// <summary>Lowest step size (cosine).</summary>
    [Description("Lowest step size, reached after the last epoch."), Range(0.0, 1e6)]
    public double MinLearningRate { get; init; }

    /// <summary>Epochs of linear rise (warmup, cosine).</summary>
    [Description("Epochs of linear rise to learning_rate: epoch e uses e/warmup_epochs of it."), Range(0, 1_000_000)]
    public int WarmupEpochs { get; init; }
}

/// <summary>Kind of schedule.</summary>
public enum ScheduleType
{
    /// <summary>The same step size always.</summary>
    Constant,

    /// <summary>× gamma every step_size epochs.</summary>
    Step,

    /// <summary>× gamma after each milestone.</summary>
    Multistep,

    /// <summary>× gamma every epoch.</summary>
    Exponential,

    /// <summary>Half a cosine from learning_rate to min_learning_rate (Loshchilov and Hutter 2017).</summary>
    Cosine,

    /// <summary>Linear rise, then constant.</summary>
    Warmup,
}

/// <summary>When to stop before the last epoch.</summary>
[Description("When to stop before the last epoch.")]
public sealed record EarlyStopOptions
{
    /// <summary>Metric as <c>split.name</c>; its goal (lower or higher) comes from the metric's definition.</summary>
    [Description("Metric to watch, as split.name, for example `val.loss`.")]
    public string Metric { get; init; } = "val.loss";

    /// <summary>Evaluated epochs without improvement before stopping.</summary>
    [Description("Evaluated epochs without improvement before training stops."), Range(1, 1_000_000)]
    public int Patience { get; init; } = 10;

    /// <summary>Smallest change that counts as an improvement.</summary>
    [Description("Smallest change that counts as an improvement, in the metric's unit."), Range(0.0, 1e12)]
    public double MinDelta { get; init; }
}

/// <summary>What is measured, and how often: the <c>eval</c> section of an experiment file.</summary>
[Description("What is measured, and how often.")]
public sealed record EvaluationOptions
{
    /// <summary>Epochs between two evaluations of the validation images; the last epoch is always evaluated.</summary>
    [Description("Epochs between two evaluations of the validation images; the last epoch is always evaluated."), Range(1, 1_000_000)]
    public int Every { get; init; } = 1;

    /// <summary>Importance samples per image for −log p(x) at the end; 0 leaves it out.</summary>
    [Description("Importance samples per test image for −log p(x) at the end; 0 leaves it out."), Range(0, 1_000_000)]
    public int NllSamples { get; init; }

    /// <summary>Which parameters the test images are measured with.</summary>
    [Description("Weights that the test images are measured with, and the figures show: those of the last epoch, or those of the epoch that `checkpoint.best` finds, which it needs.")]
    public EvaluatedWeights Weights { get; init; } = EvaluatedWeights.Last;
}

/// <summary>The epoch whose parameters are measured at the end.</summary>
public enum EvaluatedWeights
{
    /// <summary>The last one trained.</summary>
    Last,

    /// <summary>The one with the best value of <see cref="CheckpointOptions.Best"/>.</summary>
    Best,
}

/// <summary>What is kept on disk: the <c>checkpoint</c> section of an experiment file.</summary>
[Description("Which states of the run are kept on disk, as safetensors under runs/<id>/.")]
public sealed record CheckpointOptions
{
    /// <summary>Epochs between two checkpoints; the last epoch is always kept.</summary>
    [Description("Epochs between two checkpoints; the last epoch always has one. 0 writes none but the last."), Range(0, 1_000_000)]
    public int Every { get; init; } = 1;

    /// <summary>Checkpoints kept, newest first.</summary>
    [Description("Newest checkpoints kept."), Range(1, 1_000_000)]
    public int Keep { get; init; } = 1;

    /// <summary>Also keep the epoch with the best value of this metric (<c>split.name</c>); null does not.</summary>
    [Description("Also keep the epoch with the best value of this metric, as split.name, for example `val.loss`; null does not.")]
    public string? Best { get; init; }
}
