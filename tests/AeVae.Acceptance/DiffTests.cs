using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class DiffTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void RunsThatDifferInThreadsAloneHaveEqualResults()
    {
        (string a, string b) = (Train("--threads", "1"), Train("--threads", "2"));
        Finished diff = _runner.Run("diff", a, b);
        Assert.Equal(1, diff.ExitCode);
        Assert.Matches(@"\nconfiguration +equal, [0-9]+ keys\ncode +equal.*\ndata +equal, 1 file\nenvironment +1 of [0-9]+ differ\n +A  B\n  threads  1  2\n\nresults +equal to the last bit: 1 epoch, ", diff.Output);
        Assert.EndsWith($"next: runner show {a} --provenance\n", diff.Output, StringComparison.Ordinal);

        Finished results = _runner.Run("diff", a, b, "--only", "results,config");
        Assert.True(results.ExitCode == 0, results.ToString());
        Assert.DoesNotContain("threads", results.Output, StringComparison.Ordinal);
        Assert.Equal(("", 0), (_runner.Run("diff", a, b, "--only", "results", "--quiet").Output, 0));
    }

    [Fact]
    public void AnotherSeedDiffersFromTheFirstEpochOn()
    {
        (string a, string b) = (Train(), Train("--seed", "8"));
        Finished diff = _runner.Run("diff", a, b);
        Assert.Equal(1, diff.ExitCode);
        Assert.Matches(@"  seed  7  8\n", diff.Output);
        Assert.Contains("results        differ from epoch 1 on: the images came in another order\n", diff.Output, StringComparison.Ordinal);

        Finished json = _runner.Run("diff", a, b, "--json");
        Assert.Equal(1, json.ExitCode);
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal((a, b, false), (root.GetProperty("a").GetProperty("id").GetString(), root.GetProperty("b").GetProperty("id").GetString(), root.GetProperty("same").GetBoolean()));
        JsonElement seed = root.GetProperty("config").GetProperty("differences").EnumerateArray().Single();
        Assert.Equal(("seed", "7", "8"), (seed.GetProperty("what").GetString(), seed.GetProperty("a").GetString(), seed.GetProperty("b").GetString()));
        JsonElement first = root.GetProperty("results").GetProperty("first_difference");
        Assert.Equal(1, first.GetProperty("epoch").GetInt32());
        Assert.Contains("decoder.0.bias", first.GetProperty("tensors").EnumerateArray().Select(name => name.GetString()));
        Assert.True(root.GetProperty("data").GetProperty("same").GetBoolean());
    }

    [Fact]
    public void MistakesSayWhatIsAllowed()
    {
        string run = Train();
        Finished same = _runner.Run("diff", "@last", run);
        Assert.Equal(2, same.ExitCode);
        Assert.Contains($"'@last' and '{run}' are the same run, {run}. Name two", same.Error, StringComparison.Ordinal);
        Assert.Equal(4, _runner.Run("diff", run, "nosuchrun").ExitCode);
        Finished part = _runner.Run("diff", run, "@2", "--only", "metrics");
        Assert.Equal(2, part.ExitCode);
        Assert.Contains("the parts are config, code, data, environment, results", part.Error, StringComparison.Ordinal);
    }

    string Train(params string[] options)
    {
        Finished run = _runner.Run(["run", _runner.WriteExperiment(epochs: 1), "--quiet", "--no-report", .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Lines[0];
    }
}
