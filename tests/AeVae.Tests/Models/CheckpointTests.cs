using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using AeVae.Compute;
using AeVae.Models;

namespace AeVae.Tests.Models;

public sealed class CheckpointTests : IDisposable
{
    const int Epochs = 4;
    const string ConfigSha256 = "ab12";
    readonly string folder = Directory.CreateTempSubdirectory("aevae-checkpoint").FullName;

    public static TheoryData<OptimizerOptions> Optimizers() =>
    [
        new OptimizerOptions { Type = OptimizerType.Adam },
        new OptimizerOptions { Type = OptimizerType.Sgd, Momentum = 0.9 },
        new OptimizerOptions { Type = OptimizerType.Rmsprop, Centered = true, Momentum = 0.5 },
    ];

    string File => Path.Combine(folder, "state.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Optimizers))]
    public void TrainingResumedAfterAnyEpochContinuesWithTheSameBits(OptimizerOptions optimizer)
    {
        ExperimentSettings settings = Settings(optimizer);
        EpochResult[] whole = [.. SmallData.Train(settings)];
        for (int k = 0; k < Epochs; k++)
        {
            using var team = new ThreadTeam(1);
            var first = new Trainer(settings, SmallData.Splits(), team);
            Assert.Equal(k, first.Run(CancellationToken.None).Take(k).Count());
            first.Capture().Save(File, ConfigSha256);

            var second = new Trainer(settings, SmallData.Splits(), team);
            second.Restore(Checkpoint.Load(File));
            EpochResult[] rest = [.. second.Run(CancellationToken.None)];

            Assert.Equal(whole[k..].Select(Bits), rest.Select(Bits));
        }
    }

    [Fact]
    public void ARunThatStoppedEarlyStaysStopped()
    {
        ExperimentSettings settings = SmallData.Ae(epochs: 9);
        settings = settings with { Train = settings.Train with { EarlyStop = new() { Patience = 2, MinDelta = 1e9 } } };
        using var team = new ThreadTeam(1);
        var first = new Trainer(settings, SmallData.Splits(), team);
        Assert.Equal(3, first.Run(CancellationToken.None).Count());
        first.Capture().Save(File, ConfigSha256);

        var second = new Trainer(settings, SmallData.Splits(), team);
        second.Restore(Checkpoint.Load(File));

        Assert.True(second is { IsTrained: true, StoppedEarly: true });
        Assert.Empty(second.Run(CancellationToken.None));
    }

    [Fact]
    public void ALoadedCheckpointEqualsTheSavedOne()
    {
        Checkpoint saved = Trained();
        saved.Save(File, ConfigSha256);

        Checkpoint loaded = Checkpoint.Load(File);

        Assert.Equal((2, ConfigSha256), (loaded.Epoch, loaded.ConfigSha256));
        Assert.Equal((saved.ParametersSha256, saved.OptimizerSha256), (loaded.ParametersSha256, loaded.OptimizerSha256));
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    /// <summary>Reads the file as the format's page describes it, without the code under test.</summary>
    [Fact]
    public void TheFileIsSafetensorsWithPyTorchShapes()
    {
        Trained().Save(File, ConfigSha256);
        byte[] file = System.IO.File.ReadAllBytes(File);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(Encoding.UTF8.GetString(file, 8, length));
        JsonElement weight = header.RootElement.GetProperty("encoder.0.weight"), metadata = header.RootElement.GetProperty("__metadata__");

        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal("F32", weight.GetProperty("dtype").GetString());
        Assert.Equal([10, 12], weight.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()));
        Assert.Equal(10 * 12 * 4, weight.GetProperty("data_offsets")[1].GetInt32() - weight.GetProperty("data_offsets")[0].GetInt32());
        Assert.Equal("2", metadata.GetProperty("epoch").GetString());
        // 2 epochs of 6 steps.
        Assert.Equal(Enumerable.Repeat(0.999, 12).Aggregate(1.0, (a, b) => a * b), double.Parse(metadata.GetProperty("optimizer.beta2_power").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        long end = header.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__").Max(e => e.Value.GetProperty("data_offsets")[1].GetInt64());
        Assert.Equal(file.Length, 8 + length + end);
    }

    [Fact]
    public void AFileTornAnywhereIsRefused()
    {
        Trained().Save(File, ConfigSha256);
        byte[] file = System.IO.File.ReadAllBytes(File);
        foreach (int length in new[] { 0, 5, 8, 100, file.Length / 2, file.Length - 1 })
        {
            System.IO.File.WriteAllBytes(File, file[..length]);
            Assert.Contains(File, Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File)).Message, StringComparison.Ordinal);
        }

        System.IO.File.WriteAllBytes(File, [.. file, 0]);
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File));
    }

    [Fact]
    public void AFlippedBitIsFound()
    {
        Trained().Save(File, ConfigSha256);
        byte[] file = System.IO.File.ReadAllBytes(File);
        file[^100] ^= 1;
        System.IO.File.WriteAllBytes(File, file);

        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"early_stop.waited\":\"0\"", "\"early_stop.waited\":\"1\"")]
    [InlineData("\"config_sha256\":\"ab12\"", "\"config_sha256\":\"ab13\"")]
    [InlineData("\"epoch\":\"2\"", "\"epoch\":\"3\"")]
    public void AChangedNumberBesideTheTensorsIsFound(string written, string changed)
    {
        Trained(Settings(new OptimizerOptions())).Save(File, ConfigSha256);
        string file = System.IO.File.ReadAllText(File, Encoding.Latin1);
        Assert.Contains(written, file, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, file.Replace(written, changed, StringComparison.Ordinal), Encoding.Latin1);

        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void AResumedRunWarnsOfACollapseAsOneThatWasNeverStopped(int epochsBefore, int warningsAfter)
    {
        ExperimentSettings settings = SmallData.Vae(epochs: 4);
        settings = settings with { Loss = settings.Loss with { KlWeight = 1e6 } };
        using var team = new ThreadTeam(1);
        var first = new Trainer(settings, SmallData.Splits(), team);
        Assert.Equal(1 - warningsAfter, first.Run(CancellationToken.None).Take(epochsBefore).Sum(epoch => epoch.Warnings.Count));
        first.Capture().Save(File, ConfigSha256);

        var second = new Trainer(settings, SmallData.Splits(), team);
        second.Restore(Checkpoint.Load(File));

        Assert.Equal(warningsAfter, second.Run(CancellationToken.None).Sum(epoch => epoch.Warnings.Count));
    }

    [Fact]
    public void TheEpochIsReadFromTheHeaderAlone()
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(SmallData.Vae(epochs: 2), SmallData.Splits(), team);
        Assert.Equal(2, trainer.Run(CancellationToken.None).Count());
        trainer.Capture().Save(File, ConfigSha256);
        Assert.Equal(2, Checkpoint.ReadEpoch(File));

        byte[] damaged = System.IO.File.ReadAllBytes(File);
        damaged[^1] ^= 1;
        System.IO.File.WriteAllBytes(File, damaged);
        Assert.Equal(2, Checkpoint.ReadEpoch(File));
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File));
    }

    [Theory]
    [InlineData("name: an experiment, and no checkpoint at all")]
    [InlineData("\u0002\0\0\0\0\0\0\0{}")]
    [InlineData("\u0002\0\0\0\0\0\0\0[]")]
    [InlineData("\u000e\0\0\0\0\0\0\0{\"a\":{\"b\":1}}")]
    public void AForeignFileIsRefused(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File));
    }

    [Fact]
    public void ACheckpointOfAnotherNetworkIsRefused()
    {
        using var team = new ThreadTeam(1);
        Checkpoint checkpoint = Trained();
        ExperimentSettings vae = SmallData.Vae();

        Assert.Contains("encoder.0.bias is (10) there but (9) here", Refusal(vae with { Model = vae.Model with { Encoder = [9], Decoder = [10] } }), StringComparison.Ordinal);
        Assert.Contains("it lacks encoder.1.bias", Refusal(SmallData.Ae()), StringComparison.Ordinal);
        Assert.Contains("in addition", Refusal(vae with { Train = vae.Train with { Optimizer = new() { Type = OptimizerType.Sgd } } }), StringComparison.Ordinal);

        string Refusal(ExperimentSettings settings) =>
            Assert.Throws<InvalidDataException>(() => new Trainer(settings, SmallData.Splits(), team).Restore(checkpoint)).Message;
    }

    [Fact]
    public void TheDigestIsSha256OfTheDocumentedFrames()
    {
        // SHA-256, by another program, of: 1 as int32, "b", 1 as int32, 2 as int64, 1.0f, −2.0f.
        const string Expected = "28ac8b3522eee4bfdee4fe82eb2f3ccdeae94c32249e81b371ca06d31769c80f";

        Assert.Equal(Expected, AeVae.Models.Checkpoints.StateDigest.Of([new("b", [2], [1f, -2f])], []));
        Assert.Equal(Expected, AeVae.Models.Checkpoints.StateDigest.Of(new AeVae.Models.Checkpoints.StoredTensor("b", [2], [1f, -2f])).Sha256);
    }

    static Checkpoint Trained(ExperimentSettings? settings = null)
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(settings ?? SmallData.Vae(epochs: 2), SmallData.Splits(), team);
        Assert.Equal(2, trainer.Run(CancellationToken.None).Take(2).Count());
        return trainer.Capture();
    }

    static ExperimentSettings Settings(OptimizerOptions optimizer)
    {
        ExperimentSettings settings = SmallData.Vae(Epochs);
        return settings with
        {
            Binarize = AeVae.Data.Binarization.Dynamic,
            Loss = settings.Loss with { KlWarmupEpochs = 2 },
            Train = settings.Train with { Optimizer = optimizer, LearningRate = 1e-3, EarlyStop = new() { Patience = 3 }, Schedule = new() { Type = ScheduleType.Step, StepSize = 2 } },
        };
    }

    static string Bits(EpochResult epoch) =>
        string.Join(' ', [$"{epoch.Epoch} {epoch.StopsEarly} {epoch.ParametersSha256} {epoch.OptimizerSha256} {epoch.OrderSha256}", .. epoch.Tensors.Select(t => $"{t.Name}={t.Sha256}"), .. epoch.Metrics.Select(m => $"{m.Split}.{m.Name}={BitConverter.DoubleToInt64Bits(m.Value)}")]);
}
