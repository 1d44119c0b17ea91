using AeVae.Models;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Execution;

/// <summary>One run as it was asked for.</summary>
sealed record RunRequest
{
    /// <summary>The experiment.</summary>
    public required ExperimentSpec Spec { get; init; }

    /// <summary>Its file, relative to the project root, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>The file as the user wrote it.</summary>
    public required string YamlText { get; init; }

    /// <summary>The file and those that it extends, as they were read; empty when the configuration comes from a stored run.</summary>
    public IReadOnlyList<SpecText> Files { get; init; } = [];

    /// <summary>Stored runs of its configuration when it was asked for: should another have begun meanwhile, this one does not. Null: it is wanted in any case.</summary>
    public IReadOnlyList<string>? KnownEquals { get; init; }

    /// <summary>Labels to select the run by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A remark of the user.</summary>
    public string? Note { get; init; }

    /// <summary>Threads of the kernels; they change no number.</summary>
    public required int Threads { get; init; }

    /// <summary>The command and its arguments.</summary>
    public required string[] CommandLine { get; init; }

    /// <summary>What the trainer needs to know.</summary>
    public ExperimentSettings Settings => new(Spec.Seed, Spec.Data.Binarize, Spec.Model, Spec.Loss, Spec.Train, Spec.Eval);
}
