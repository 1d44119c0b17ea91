using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models;

namespace AeVae.Tests.Models;

/// <summary>NC-1 C7: the numbers that src/Compute/README.md promises to other implementations, computed here and compared with the page.</summary>
public sealed class ReferenceRunTests
{
    const int Height = 5, Width = 7, Pixels = Height * Width, BatchSize = 16;
    const double LearningRate = 1e-2;

    static readonly ExperimentSettings Settings = new(
        Seed: 1,
        Binarization.None,
        new ModelOptions { Type = ModelType.Vae, Encoder = [23], LatentDim = 5 },
        new LossOptions(),
        new TrainingOptions { Epochs = 4, BatchSize = BatchSize, LearningRate = LearningRate },
        new EvaluationOptions());

    static readonly Splits Data = new(Images(75, step: 0), Images(20, step: 1), Images(20, step: 1), [], []);

    public static TheoryData<int> Threads => [1, 3];

    [Theory]
    [MemberData(nameof(Threads))]
    public void TheReferenceRunHasTheDigestsOfThePage(int threads)
    {
        using var team = new ThreadTeam(threads);
        var text = new StringBuilder();
        var started = new Trainer(Settings, Data, team);
        int[] order = EpochOrder.Draw(Data.Train.Count, Settings.Seed, epoch: 1);
        text.AppendLine("training pixels       " + Convert.ToHexStringLower(SHA256.HashData(Data.Train.Pixels.Span)));
        text.AppendLine("epoch 1 first images  " + string.Join(' ', order[..8].Select(i => i.ToString(CultureInfo.InvariantCulture))) + " …");
        text.AppendLine("epoch 1 step 1 noise  " + Noise() + " …");
        text.AppendLine("initial parameters    " + started.Capture().ParametersSha256);
        started.TrainStep(order.AsSpan(0, BatchSize), LearningRate, klWeight: 1);
        text.AppendLine("step 1 parameters     " + started.Capture().ParametersSha256);
        text.AppendLine("step 1 optimizer      " + started.Capture().OptimizerSha256);
        foreach (EpochResult epoch in new Trainer(Settings, Data, team).Run(CancellationToken.None))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} order         {epoch.OrderSha256}");
            text.AppendLine(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} parameters    {epoch.ParametersSha256}");
            text.AppendLine(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} optimizer     {epoch.OptimizerSha256}");
            foreach (string name in (string[])["loss", "bce", "mse", "kl"])
                text.AppendLine(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} {name,-14}{Bits(epoch.Value(Split.Train, name))} {Bits(epoch.Value(Split.Validation, name))}");
        }

        AssertOnPage(text);
    }

    [Fact]
    public void TheElementaryFunctionsHaveTheKnownAnswersOfThePage()
    {
        var text = new StringBuilder();
        text.AppendLine("x        exp      ln       log1p    tanh     sigmoid  softplus");
        foreach (float x in (float[])[0, -0f, float.Epsilon, 1e-5f, -1e-5f, 0.3f, -0.3f, 1, -1, 1.5f, -2.75f, 10, -20, 88.7f, -103, 3e38f, float.PositiveInfinity, float.NegativeInfinity])
            text.AppendLine(string.Join(' ', new[] { x, Elementary.Exp(x), Elementary.Log(x), Elementary.Log1p(x), Elementary.Tanh(x), Elementary.Sigmoid(x), Elementary.Softplus(x) }.Select(Bits)));
        AssertOnPage(text);
    }

    static string Noise()
    {
        float[] noise = new float[6];
        new RandomStream(Settings.Seed, "noise").FillNormal(noise, step: 1, epoch: 1);
        return string.Join(' ', noise.Select(Bits));
    }

    /// <summary>Half of the pixels are 0, so that a kernel that skips zeros has something to skip.</summary>
    static ImageSet Images(int count, uint step)
    {
        uint[] words = new uint[count * Pixels];
        new RandomStream(Settings.Seed, "reference/pixels").FillBits(words, step, epoch: 0);
        return new ImageSet(words.Select(w => (byte)(w >> 31 == 0 ? 0 : w & 255)).ToArray(), default, Height, Width);
    }

    static void AssertOnPage(StringBuilder text)
    {
        string page = File.ReadAllText(Path.Combine(Runner.Specs.ExperimentFiles.Shipped, "..", "src", "Compute", "README.md"));
        string block = text.ToString().ReplaceLineEndings("\n");
        Assert.True(page.Contains($"```\n{block}```\n", StringComparison.Ordinal), $"src/Compute/README.md does not hold what was computed:\n{block}");
    }

    static string Bits(float x) => float.IsNaN(x) ? "nan     " : BitConverter.SingleToUInt32Bits(x).ToString("x8", CultureInfo.InvariantCulture);

    static string Bits(double x) => BitConverter.DoubleToUInt64Bits(x).ToString("x16", CultureInfo.InvariantCulture);
}
