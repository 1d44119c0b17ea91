using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class DeterminismTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [Fact]
    public void TheSameFileGivesTheSameBitsOnOneAndOnTwoThreadsAndInAnyLocale()
    {
        string file = _runner.WriteExperiment();
        (string[] first, _) = Digests(file, [], "--threads", "1");
        (string[] again, _) = Digests(file, [], "--threads", "1");
        (string[] threads, _) = Digests(file, [], "--threads", "2");
        (string[] turkish, _) = Digests(file, [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo")], "--threads", "3");
        Assert.Equal(first, again);
        Assert.Equal(first, threads);
        Assert.Equal(first, turkish);
    }

    [Fact]
    public void EveryPathThroughTheProcessorGivesTheSameBits()
    {
        string file = _runner.WriteExperiment();
        (string[] best, string bestPath) = Digests(file, []);
        (string[] withoutAvx512, string path256) = Digests(file, [("DOTNET_EnableAVX512", "0")]);
        (string[] withoutAvx2, string path128) = Digests(file, [("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX2", "0")]);
        (string[] withoutAny, string scalar) = Digests(file, [("DOTNET_EnableHWIntrinsic", "0")]);
        // A switch that is silently ignored would make this test worthless.
        Assert.NotEqual("vector512", path256);
        Assert.True(path128 is "vector128" or "scalar", path128);
        Assert.Equal("scalar", scalar);
        Assert.NotEqual(scalar, bestPath);
        Assert.Equal(best, withoutAvx512);
        Assert.Equal(best, withoutAvx2);
        Assert.Equal(best, withoutAny);
    }

    [Fact]
    public void AnotherSeedGivesOtherBits()
    {
        string file = _runner.WriteExperiment(epochs: 1);
        Assert.NotEqual(Digests(file, []).Digests, Digests(file, [], "--seed", "8").Digests);
    }

    (string[] Digests, string SimdPath) Digests(string file, (string, string)[] environment, params string[] options)
    {
        Finished run = _runner.Run(environment, ["run", file, "--json", "--no-report", .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        string[] digests = [.. lines.Where(line => line.GetProperty("event").GetString() == "epoch").Select(line =>
            $"{line.GetProperty("parameters_sha256")} {line.GetProperty("optimizer_sha256")} {line.GetProperty("order_sha256")} {line.GetProperty("train.loss").GetRawText()} {line.GetProperty("validation.loss").GetRawText()}")];
        return ([.. digests, lines[^1].GetProperty("test.loss").GetRawText()], lines[0].GetProperty("simd").GetString()!);
    }

    public void Dispose() => _runner.Dispose();
}
