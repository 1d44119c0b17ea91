using AeVae.Data.Fetching;
using AeVae.Data.Idx;

namespace AeVae.Data.Catalogue;

/// <summary>What is known about a data set before any of its files is there.</summary>
public sealed record DatasetInfo
{
    /// <summary>Name in experiment files.</summary>
    public required string Name { get; init; }

    /// <summary>What the images show, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>Authors, home and licence, in one line.</summary>
    public required string Origin { get; init; }

    /// <summary>Pixels per column of an image.</summary>
    public required int Height { get; init; }

    /// <summary>Pixels per row of an image.</summary>
    public required int Width { get; init; }

    /// <summary>Images of the training split, before validation images are taken from its end.</summary>
    public required int TrainImages { get; init; }

    /// <summary>Images of the test split.</summary>
    public required int TestImages { get; init; }

    /// <summary>Name of each class, by label.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The files it consists of; empty when the images are generated.</summary>
    public IReadOnlyList<DatasetFile> Files { get; init; } = [];

    /// <summary>Reads the images, from the data folder if they lie in files.</summary>
    internal Func<DatasetInfo, DataFolder, LabelledImages> Read { get; init; } = IdxDataset.Read;

    /// <summary>Where its files are looked for after the data folder, in this order.</summary>
    internal IReadOnlyList<FetchSource> Sources { get; init; } = [];
}
