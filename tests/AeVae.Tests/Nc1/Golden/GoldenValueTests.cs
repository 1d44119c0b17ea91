using AeVae.Compute;
using AeVae.Tests.Compute;

namespace AeVae.Tests.Nc1.Golden;

/// <summary>NC-1 C7: the product gives the values of the C program in tests/nc1-reference, which was written from src/Compute/README.md alone.</summary>
public sealed class GoldenValueTests
{
    public static TheoryData<string, SimdPath> SectionsOnEveryPath()
    {
        TheoryData<string, SimdPath> data = [];
        foreach (string section in GoldenFile.Sections.Keys)
        {
            foreach (SimdPath path in Samples.Paths) data.Add(section, path);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SectionsOnEveryPath))]
    public void TheProductGivesWhatTheCProgramGives(string section, SimdPath path) => Assert.Equal(GoldenFile.Sections[section], GoldenValues.Lines(section, path));

    [Fact]
    public void EveryRecipeHasItsSection() => Assert.All(GoldenRecipes.All.Keys, recipe => Assert.Contains(recipe, GoldenFile.Sections));
}
