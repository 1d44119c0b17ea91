using AeVae.Data.Catalogue;

namespace AeVae.Data;

/// <summary>Takes the splits of experiments from the data folder. Every data set is read once, and those who ask share its images.</summary>
/// <param name="folder">The data folder.</param>
public sealed class SplitLoader(DataFolder folder)
{
    readonly Dictionary<(string Dataset, string? Path, ImageShape Shape), LabelledImages> read = [];

    /// <summary>Reads every file of the data set, checks it, and takes the splits.</summary>
    /// <param name="options">Which images.</param>
    /// <param name="progress">Told how far a long reading is.</param>
    /// <param name="cancellation">Ends a long reading.</param>
    /// <exception cref="DataException">The data set is unknown, a file is missing or damaged, or the splits do not fit it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Splits Load(DataOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        DatasetInfo dataset = DatasetCatalogue.Find(options.Dataset)
            ?? throw new DataException($"data.dataset is '{options.Dataset}'; it is one of {string.Join(", ", DatasetCatalogue.All.Select(known => known.Name))}.");
        return LoadFrom(new(dataset, options, folder, progress, cancellation));
    }

    internal Splits LoadFrom(ImageSource source)
    {
        DataOptions options = source.Options;
        var key = (source.Dataset.Name, options.Path, options.ShapeIn(source.Dataset));
        if (!read.TryGetValue(key, out LabelledImages? images)) read.Add(key, images = source.Dataset.Read(source));
        (ImageSet train, ImageSet validation) = TakeValidation(images, options.Validation ?? ValidationSource.DefaultOf(images.Train.Count), source.Name);
        if (options.TrainLimit is { } limit) train = Slice(train, 0, Math.Min(limit, train.Count));
        return new(train, validation, images.Test, images.ClassNames, images.Files) { Notes = images.Notes };
    }

    static (ImageSet Train, ImageSet Validation) TakeValidation(LabelledImages images, ValidationSource source, string dataset)
    {
        if (source.Images is not { } count) return (images.Train, images.Test);
        int available = images.Train.Count;
        if (count < 1 || count >= available)
            throw new DataException($"data.validation is {count}; {dataset} has {available} training images, so it is 1 to {available - 1}, or `test`.");
        return (Slice(images.Train, 0, available - count), Slice(images.Train, available - count, count));
    }

    static ImageSet Slice(ImageSet images, int first, int count) => images with
    {
        Pixels = images.Pixels.Slice(first * images.PixelsPerImage, count * images.PixelsPerImage),
        Labels = images.Labels.IsEmpty ? images.Labels : images.Labels.Slice(first, count),
    };
}
