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

    /// <summary>Size of an image; null where the experiment chooses it.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>Images of the training split, before validation images are taken from its end; null where only reading them tells.</summary>
    public int? TrainImages { get; init; }

    /// <summary>Images of the test split; null where only reading them tells.</summary>
    public int? TestImages { get; init; }

    /// <summary>Name of each class, by label; empty where there are none, or only reading tells.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The published files it consists of; empty when the images are generated, or the user's own.</summary>
    public IReadOnlyList<DatasetFile> Files { get; init; } = [];

    /// <summary>What stands in the place of files that can be fetched, for people: <c>made on use</c>.</summary>
    public string WithoutFiles { get; init; } = "made on use";

    /// <summary>Reads the images, from the data folder if they lie in files.</summary>
    internal Func<ImageSource, LabelledImages> Read { get; init; } = IdxDataset.Read;

    /// <summary>Where its files are looked for after the data folder, in this order.</summary>
    internal IReadOnlyList<FetchSource> Sources { get; init; } = [];
}
