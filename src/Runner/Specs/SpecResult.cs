namespace AeVae.Runner.Specs;

/// <summary>What reading an experiment gave.</summary>
/// <param name="Spec">The experiment; null exactly when there are problems.</param>
/// <param name="Problems">Everything wrong with the file, in the order of the text.</param>
sealed record SpecResult(ExperimentSpec? Spec, IReadOnlyList<SpecProblem> Problems);
