namespace AeVae.Data;

/// <summary>The three parts of a data set as one experiment uses them.</summary>
/// <param name="Train">Images the parameters are fitted to.</param>
/// <param name="Validation">Images evaluated while training; the same object as <paramref name="Test"/> for <c>validation: test</c>.</param>
/// <param name="Test">Images evaluated once, at the end.</param>
/// <param name="ClassNames">Name of each class, by label; empty when the data have none.</param>
/// <param name="Files">Every file read, with its SHA-256: the provenance of the numbers.</param>
public sealed record Splits(ImageSet Train, ImageSet Validation, ImageSet Test, IReadOnlyList<string> ClassNames, IReadOnlyList<DataFile> Files)
{
    /// <summary>What whoever reads them should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
