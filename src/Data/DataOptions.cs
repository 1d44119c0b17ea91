using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AeVae.Data.Catalogue;

namespace AeVae.Data;

/// <summary>Which images an experiment uses: the <c>data</c> section of an experiment file.</summary>
[Description("Which images the experiment uses.")]
public sealed record DataOptions
{
    /// <summary>Name in the catalogue.</summary>
    [Description("Data set, by its name in the catalogue (`runner data list`)."), Required]
    public string Dataset { get; init; } = "";

    /// <summary>Folder of the user's own images, below the data folder or absolute; null for every other data set.</summary>
    [Description("Folder of JPEG and PNG files, below the data folder or absolute.")]
    public string? Path { get; init; }

    /// <summary>Pixels per side of the user's own images.</summary>
    [Description("Pixels per side: of every image the middle square is taken and scaled to this."), Range(1, 128)]
    public int Size { get; init; } = 32;

    /// <summary>Values of a pixel of the user's own images.</summary>
    [Description("What a pixel is: rgb, three values, or grey, one.")]
    public Channels Channels { get; init; } = Channels.Rgb;

    /// <summary>Where the validation images come from.</summary>
    [Description("Number of images taken from the end of the training split for validation, or `test` to evaluate on the test split every epoch; default a sixth of it: 10000 of mnist, 1000 of synthetic."), Range(1, int.MaxValue)]
    public ValidationSource? Validation { get; init; }

    /// <summary>Upper bound on the training images, after validation was split off; null uses all.</summary>
    [Description("Use only the first N training images (after the validation images were taken); null uses all."), Range(1, int.MaxValue)]
    public int? TrainLimit { get; init; }

    /// <summary>How grey levels become the values that are trained on.</summary>
    [Description("How grey levels become training targets: none keeps grey levels; threshold sets 1 where the grey level is at least one half; dynamic draws each pixel with its grey level as probability, fresh every epoch; static draws once.")]
    public Binarization Binarize { get; init; } = Binarization.None;

    /// <summary><see cref="Validation"/>, or its default; null where that depends on a number of images that only reading them tells.</summary>
    public ValidationSource? ValidationOf(DatasetInfo dataset) => Validation ?? (dataset.TrainImages is { } images ? ValidationSource.DefaultOf(images) : null);

    /// <summary>Size of an image of <paramref name="dataset"/> in this experiment.</summary>
    public ImageShape ShapeIn(DatasetInfo dataset) => dataset.Shape ?? new(Size, Size, Channels == Channels.Rgb ? 3 : 1);
}

/// <summary>What a pixel of the user's own images is.</summary>
public enum Channels
{
    /// <summary>Red, green and blue.</summary>
    Rgb,

    /// <summary>A grey level; colours become their luma, ITU-R BT.601.</summary>
    Grey,
}

/// <summary>How grey levels become the values that are trained on.</summary>
public enum Binarization
{
    /// <summary>Grey levels ÷ 255.</summary>
    None,

    /// <summary>1 where the grey level is at least one half (byte ≥ 128), else 0.</summary>
    Threshold,

    /// <summary>Bernoulli with the grey level as probability, drawn afresh every epoch; validation and test images keep one draw.</summary>
    Dynamic,

    /// <summary>Bernoulli with the grey level as probability, drawn once for the run.</summary>
    Static,
}

/// <summary>Validation images: a number taken from the end of the training split, or the test split.</summary>
/// <param name="Images">Images taken from the end of the training split; null means the test split.</param>
public readonly record struct ValidationSource(int? Images)
{
    /// <summary>The test split, evaluated every epoch.</summary>
    public static ValidationSource Test => new(null);

    /// <summary>The last <paramref name="images"/> of the training split.</summary>
    public static ValidationSource FromTraining(int images) => new(images);

    /// <summary>A sixth of a training split, one image at least.</summary>
    public static ValidationSource DefaultOf(int trainImages) => FromTraining(Math.Max(1, trainImages / 6));
}
