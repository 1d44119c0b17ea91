using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AeVae.Data;
using AeVae.Models;

namespace AeVae.Runner.Specs;

/// <summary>One experiment, as its file describes it: every key of the format, and nothing else, is a property here or below.</summary>
[Description("One autoencoder experiment.")]
sealed record ExperimentSpec
{
    /// <summary>Letters, digits, '-', '_' and '.'; names runs and report folders.</summary>
    [Description("Name of the experiment and of its runs; default: the file's name without its extension."), RegularExpression(NamePattern)]
    public string Name { get; init; } = "";

    /// <summary>What the experiment asks, in words; no number depends on it.</summary>
    [Description("What the experiment asks, in a sentence or two; printed in its reports.")]
    public string? Description { get; init; }

    /// <summary>The only source of randomness: initial weights, order of the images, noise.</summary>
    [Description("Seed of every random draw: initial weights, order of the images, noise. The same seed gives the same bits."), Range(0.0, ulong.MaxValue)]
    public ulong Seed { get; init; }

    /// <summary>Which images.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>Which network.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>Which objective.</summary>
    public LossOptions Loss { get; init; } = new();

    /// <summary>How the parameters are fitted.</summary>
    public TrainingOptions Train { get; init; } = new();

    /// <summary>What is measured.</summary>
    public EvaluationOptions Eval { get; init; } = new();

    /// <summary>What is kept on disk.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    internal const string NamePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$";
}
