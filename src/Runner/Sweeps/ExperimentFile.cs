using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>What reading a file that may be a sweep gave.</summary>
/// <param name="Plan">What is to be run: one trial when the file is no sweep; null exactly when there are problems.</param>
/// <param name="Problems">Everything wrong with the file, in the order of the text.</param>
/// <param name="YamlText">The file as it was written; empty when it could not be read as text.</param>
sealed record ExperimentFile(SweepPlan? Plan, IReadOnlyList<SpecProblem> Problems, string YamlText)
{
    /// <summary>Whether the file has variants, a sweep or claims.</summary>
    public required bool IsSweep { get; init; }

    /// <summary>The file and those that it extends, as they were read.</summary>
    public required IReadOnlyList<SpecText> Files { get; init; }

    /// <summary>The experiment of a file that is no sweep; null for a sweep, and when there are problems.</summary>
    public ExperimentSpec? Single => IsSweep ? null : Plan?.Trials[0].Spec;
}
