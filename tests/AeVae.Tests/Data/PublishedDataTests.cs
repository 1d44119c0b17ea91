using AeVae.Data;
using AeVae.Data.Catalogue;

namespace AeVae.Tests.Data;

/// <summary>The real data, when they are in the data folder.</summary>
public class PublishedDataTests
{
    [SkippableTheory]
    [InlineData("mnist", 0.130660, 0.308108)]
    [InlineData("fashion-mnist", 0.286041, 0.353024)]
    public void TheTrainingImagesHaveThePublishedMeanAndDeviation(string name, double mean, double deviation)
    {
        DatasetInfo dataset = DatasetCatalogue.Find(name)!;
        DataFolder folder = PublishedData.Folder();
        Skip.IfNot(folder.Has(dataset), $"{name} is not in {folder.Path}; `runner data fetch {name}` brings it");

        ImageSet train = new SplitLoader(folder).Load(new() { Dataset = name, Validation = ValidationSource.Test }).Train;

        (long sum, long squares) = (0, 0);
        foreach (byte level in train.Pixels.Span)
        {
            sum += level;
            squares += level * level;
        }

        double count = train.Pixels.Length;
        Assert.Equal(60_000, train.Count);
        // The published figures have six digits.
        Assert.Equal(mean, sum / count / 255, 5e-7);
        Assert.Equal(deviation, Math.Sqrt(squares / count - sum / count * (sum / count)) / 255, 5e-7);
    }
}
