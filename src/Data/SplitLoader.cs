using AeVae.Data.Catalogue;

namespace AeVae.Data;

/// <summary>Takes the splits of experiments from the data folder. Every data set is read once, and those who ask share its images.</summary>
/// <param name="folder">The data folder.</param>
public sealed class SplitLoader(DataFolder folder)
{
    readonly Dictionary<string, LabelledImages> read = [];

    /// <summary>Reads every file of the data set, checks it, and takes the splits.</summary>
    /// <exception cref="DataException">The data set is unknown, a file is missing or damaged, or the splits do not fit it.</exception>
    public Splits Load(DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        DatasetInfo dataset = DatasetCatalogue.Find(options.Dataset)
            ?? throw new DataException($"data.dataset is '{options.Dataset}'; it is one of {string.Join(", ", DatasetCatalogue.All.Select(known => known.Name))}.");
        return Load(options, dataset);
    }

    internal Splits Load(DataOptions options, DatasetInfo dataset)
    {
        if (!read.TryGetValue(dataset.Name, out LabelledImages? images)) read.Add(dataset.Name, images = dataset.Read(dataset, folder));
        (ImageSet train, ImageSet validation) = TakeValidation(images, options.ValidationOf(dataset), dataset);
        if (options.TrainLimit is { } limit) train = Slice(train, 0, Math.Min(limit, train.Count));
        return new(train, validation, images.Test, dataset.ClassNames, images.Files);
    }

    static (ImageSet Train, ImageSet Validation) TakeValidation(LabelledImages images, ValidationSource source, DatasetInfo dataset)
    {
        if (source.Images is not { } count) return (images.Train, images.Test);
        int available = images.Train.Count;
        if (count < 1 || count >= available)
            throw new DataException($"data.validation is {count}; {dataset.Name} has {available} training images, so it is 1 to {available - 1}, or `test`.");
        return (Slice(images.Train, 0, available - count), Slice(images.Train, available - count, count));
    }

    static ImageSet Slice(ImageSet images, int first, int count) => images with
    {
        Pixels = images.Pixels.Slice(first * images.PixelsPerImage, count * images.PixelsPerImage),
        Labels = images.Labels.IsEmpty ? images.Labels : images.Labels.Slice(first, count),
    };
}
