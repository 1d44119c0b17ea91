using System.Diagnostics;
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
        (string[] best, string bestPath) = EpochDigests(file, []);
        (string[] withoutAvx512, string path256) = EpochDigests(file, [("DOTNET_EnableAVX512", "0")]);
        (string[] withoutAvx2, string path128) = EpochDigests(file, [("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX2", "0")]);
        (string[] withoutAny, string scalar) = EpochDigests(file, [("DOTNET_EnableHWIntrinsic", "0")]);
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
        string file = _runner.WriteExperiment();
        Assert.NotEqual(EpochDigests(file, []).Digests, EpochDigests(file, [], "--seed", "8").Digests);
    }

    (string[] Digests, string SimdPath) Digests(string file, (string, string)[] environment, params string[] options)
    {
        Finished run = _runner.Run(environment, ["run", file, "--json", "--no-report", .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        return ([.. lines[1..^1].Select(Digest), lines[^1].GetProperty("test.loss").GetRawText()], lines[0].GetProperty("simd").GetString()!);
    }

    /// <summary>Ends the program after its last epoch: without vector instructions the final evaluation takes minutes.</summary>
    (string[] Digests, string SimdPath) EpochDigests(string file, (string, string)[] environment, params string[] options)
    {
        using Process process = _runner.Start(environment, ["run", file, "--json", "--no-report", "--set", "data.train_limit=200", "--set", "data.validation=50", .. options]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        List<JsonElement> lines = [];
        while (lines.Count < 3 && process.StandardOutput.ReadLine() is { } line)
            lines.Add(JsonDocument.Parse(line).RootElement);
        process.Kill();
        process.WaitForExit();
        Assert.True(lines.Count == 3, error.Result);
        return ([.. lines[1..].Select(Digest)], lines[0].GetProperty("simd").GetString()!);
    }

    static string Digest(JsonElement epoch) => string.Join(' ', ((string[])
        ["parameters_sha256", "optimizer_sha256", "order_sha256", "train.loss", "validation.loss"]).Select(name => epoch.GetProperty(name).GetRawText()));

    public void Dispose() => _runner.Dispose();
}
