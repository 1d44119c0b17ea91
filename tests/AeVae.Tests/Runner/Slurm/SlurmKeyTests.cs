using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;

namespace AeVae.Tests.Runner.Slurm;

/// <summary>The section <c>sweep.slurm</c> of a file.</summary>
public sealed class SlurmKeyTests : IDisposable
{
    readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("aevae slurm keys ").FullName, "small.yaml");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void TheKeysSayWhatATaskIsGiven()
    {
        SlurmOptions slurm = Read("""{partition: long, time: "1-12:00:00", cpus: 4, memory: 8G, at_once: 10, options: [--account=vision, --exclusive]}""").Plan!.Options.Slurm!;
        Assert.Equal(("long", "1-12:00:00", 4, "8G", 10), (slurm.Partition, slurm.Time, slurm.Cpus, slurm.Memory, slurm.AtOnce));
        Assert.Equal(["--account=vision", "--exclusive"], slurm.Options);
    }

    [Theory]
    [InlineData("""{time: "two hours"}""", "'sweep.slurm.time' is 'two hours'")]
    [InlineData("{memory: 4 GB}", "'sweep.slurm.memory' is '4 GB'")]
    [InlineData("{options: [-A vision]}", "'-A vision', but each must be one long option")]
    [InlineData("{options: [--time=5]}", "write it as the key 'sweep.slurm.time'")]
    [InlineData("{options: [--array=1-9]}", "which the launcher sets itself")]
    [InlineData("{cpus: 0}", "'sweep.slurm.cpus' must be an integer from 1 to 256")]
    [InlineData("{partitions: long}", "Did you mean 'sweep.slurm.partition'?")]
    public void AMistakeIsNamedWithItsPlace(string section, string message)
    {
        ExperimentFile read = Read(section);
        Assert.Null(read.Plan);
        Assert.Contains(read.Problems, problem => problem.ToString().Contains("small.yaml(4,", StringComparison.Ordinal) && problem.ToString().Contains(message, StringComparison.Ordinal));
    }

    ExperimentFile Read(string section)
    {
        File.WriteAllText(_path, $"data: {{dataset: synthetic, validation: 200}}\nmodel: {{type: ae}}\ntrain: {{epochs: 1}}\nsweep: {{seeds: [1, 2], slurm: {section}}}\n");
        return ExperimentReader.Read(_path, []);
    }
}
