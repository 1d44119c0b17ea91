using AeVae.Runner.Commands;

namespace AeVae.Tests.Runner;

public sealed class ProjectRootTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("results.db")]
    [InlineData("AeVae.sln")]
    public void TheNearestFolderWithThisFileIsTheRoot(string file)
    {
        string deep = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        File.WriteAllText(Path.Combine(_folder, "a", file), "");
        Assert.Equal(Path.Combine(_folder, "a"), ProjectRoot.Find(deep));
    }

    [Fact]
    public void TheNearestFolderWithExperimentsIsTheRoot()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "experiments"));
        Assert.Equal(_folder, ProjectRoot.Find(Path.Combine(_folder, "experiments")));
    }

    [Fact]
    public void AFileBelongsToTheProjectThatWeAreInElseToItsOwn()
    {
        string Project(string name) => Directory.GetParent(Directory.CreateDirectory(Path.Combine(_folder, name, "experiments")).FullName)!.FullName;
        string here = Project("here"), there = Project("there"), nowhere = Directory.CreateDirectory(Path.Combine(_folder, "nowhere")).FullName, file = Path.Combine(there, "experiments", "x.yaml");

        Assert.Equal(here, ProjectRoot.OfFile(file, here));     // two checkouts have files of the same names
        Assert.Equal(there, ProjectRoot.OfFile(file, nowhere));
        Assert.Equal(nowhere, ProjectRoot.OfFile(Path.Combine(nowhere, "x.yaml"), nowhere));
    }

    [Fact]
    public void WithoutAnyOfThemTheFolderItselfIsTheRoot()
    {
        string deep = Directory.CreateDirectory(Path.Combine(_folder, "a")).FullName;
        Assert.Equal(deep, ProjectRoot.Find(deep));
    }
}
