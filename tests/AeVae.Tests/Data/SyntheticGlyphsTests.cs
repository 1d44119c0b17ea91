using AeVae.Data;

namespace AeVae.Tests.Data;

public class SyntheticGlyphsTests
{
    [Fact]
    public void TheImagesHaveTheBytesOfAnIndependentImplementation()
    {
        Splits splits = Load();

        // fixtures/synthetic_glyphs.py
        Assert.Equal([new DataFile("synthetic", "33ddbf47f90949d7caab2c6b82ccbcd481a41bc594c9f274938694999a808b1f", 7_000 * 28 * 28)], splits.Files);
    }

    [Fact]
    public void EveryClassIsEquallyFrequentInEverySplit()
    {
        Splits splits = Load();

        Assert.Equal(Enumerable.Repeat(500, 10), CountByClass(splits.Train));
        Assert.Equal(Enumerable.Repeat(100, 10), CountByClass(splits.Validation));
        Assert.Equal(Enumerable.Repeat(100, 10), CountByClass(splits.Test));
    }

    static IEnumerable<int> CountByClass(ImageSet images) => images.Labels.ToArray().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value);

    static Splits Load() => new SplitLoader(new DataFolder("absent")).Load(new() { Dataset = "synthetic", Validation = ValidationSource.FromTraining(1_000) });
}
