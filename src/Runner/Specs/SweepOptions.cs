using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AeVae.Runner.Specs;

/// <summary>Which trials a sweep runs beside its variants, and when it stops them.</summary>
[Description("Runs the experiment many times with different values.")]
sealed record SweepOptions
{
    /// <summary>How points are chosen.</summary>
    [Description("How points are chosen: every combination (grid), at random (random), one by one (list: the n-th values of all parameters), evenly spread (halton), or at random with early stopping (asha).")]
    public SweepMethod Method { get; init; } = SweepMethod.Grid;

    /// <summary>Each variant and point is run with every one of them.</summary>
    [Description("Seeds: every variant and point is run with each of them; default: the experiment's seed alone.")]
    public IReadOnlyList<ulong> Seeds { get; init; } = [];

    /// <summary>Points to draw.</summary>
    [Description("Number of points to draw."), Range(1, int.MaxValue)]
    public int? Trials { get; init; }

    /// <summary>Seed of the points.</summary>
    [Description("Seed of the points that are drawn; point k depends on it, on k and on the parameter's name alone."), Range(0.0, ulong.MaxValue)]
    public ulong Seed { get; init; }

    /// <summary>By what trials are ranked; null for what suits the objectives.</summary>
    [Description("Metric that trials are ranked by, as train.NAME or val.NAME; default: val.loss; where trials minimise different objectives val.elbo if all are VAEs with bce, else the reconstruction error.")]
    public string? Metric { get; init; }

    /// <summary>Failed trials after which no further one begins.</summary>
    [Description("Number of trials that fail in one go after which no further trial begins; null: however many fail, the others go on."), Range(1, int.MaxValue)]
    public int? MaxFailed { get; init; }

    /// <summary>Early stopping of trials that lag behind; null: all train to their end.</summary>
    [Description("Early stopping by successive halving (ASHA): a trial goes on beyond a rung only while it is among the best of the trials before it.")]
    public HalvingOptions? Asha { get; init; }

    /// <summary>What each trial is given on a Slurm cluster; null: the defaults.</summary>
    [Description("What each trial is given on a Slurm cluster (`sweep --launcher slurm`); null: the defaults of its keys.")]
    public SlurmOptions? Slurm { get; init; }
}

/// <summary>How a sweep chooses its points.</summary>
enum SweepMethod
{
    /// <summary>Every combination.</summary>
    Grid,

    /// <summary>At random.</summary>
    Random,

    /// <summary>The n-th values of all parameters together.</summary>
    List,

    /// <summary>Evenly spread: Halton's sequence.</summary>
    Halton,

    /// <summary>At random, with early stopping.</summary>
    Asha,
}

/// <summary>When successive halving looks at a trial, and how many go on.</summary>
/// <remarks>Li et al. 2020, A System for Massively Parallel Hyperparameter Tuning (arXiv:1810.05934).</remarks>
[Description("Early stopping by successive halving.")]
sealed record HalvingOptions
{
    /// <summary>Epochs of the first rung.</summary>
    [Description("Epochs that every trial trains before it is first compared."), Range(1, int.MaxValue)]
    public int MinEpochs { get; init; } = 1;

    /// <summary>η.</summary>
    [Description("η: one in η goes on at a rung, and the next rung is η times as far."), Range(2, 100)]
    public int ReductionFactor { get; init; } = 3;
}
