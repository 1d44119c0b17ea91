namespace AeVae.Data;

/// <summary>A data set as published, before an experiment takes its splits.</summary>
/// <param name="Train">The training split.</param>
/// <param name="Test">The test split.</param>
/// <param name="ClassNames">Name of each class, by label; empty when the images have none.</param>
/// <param name="Files">Every file read.</param>
sealed record LabelledImages(ImageSet Train, ImageSet Test, IReadOnlyList<string> ClassNames, IReadOnlyList<DataFile> Files)
{
    /// <summary>What whoever reads them should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
