using System.Text.Json;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Specs;

namespace AeVae.Tests.Models.Recipes;

/// <summary>Every option against PyTorch in float64, which had the same draws; see <c>fixtures/make_recipes.py</c>.</summary>
public sealed class RecipeTests
{
    const int Height = 3;
    const int Width = 4;
    const int Classes = 3;

    // fp32 against float64: only four of the recipes exceed 1e-6. Relative where a value is above 1.
    const double Tolerance = 1e-5;

    // Nats: several standard errors of 5,000 importance samples for each of eleven images.
    const double NllTolerance = 0.01;

    static readonly Dictionary<string, JsonElement> Recipes = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Models", "Recipes", "fixtures", "recipes.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(recipe => recipe.GetProperty("experiment").GetProperty("name").GetString()!);

    public static TheoryData<string> Names() => [.. Recipes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void EveryRecipeFollowsPyTorch(string name)
    {
        JsonElement recipe = Recipes[name];
        ExperimentSpec spec = Read(recipe.GetProperty("experiment"));
        using var team = new ThreadTeam(1);
        Trainer trainer = Start(spec, team);
        // Long recipes keep only their last epoch.
        JsonElement[] expected = [.. recipe.GetProperty("epochs").EnumerateArray()];
        int first = spec.Train.Epochs - expected.Length;

        foreach (EpochResult epoch in trainer.Run(CancellationToken.None).Where(epoch => epoch.Epoch > first))
        {
            Dictionary<string, double> found = epoch.Metrics.ToDictionary(m => $"{Word(m.Split)}.{m.Name}", m => m.Value);
            double[] parameters = [.. trainer.Capture().ParameterTensors.SelectMany(t => t.Values).Select(v => (double)v)];
            found["parameters.norm"] = Math.Sqrt(parameters.Sum(p => p * p));
            found["parameters.projection"] = parameters.Select((p, i) => p * Cosine(i)).Sum();
            AssertSame(expected[epoch.Epoch - first - 1], found, $"epoch {epoch.Epoch}");
        }

        AssertSame(recipe.GetProperty("test"), trainer.Finish(CancellationToken.None).Metrics.ToDictionary(m => m.Name, m => m.Value), "test");
    }

    [Fact]
    public void MoreImportanceSamplesTightenTheBoundDownToTheIntegral()
    {
        JsonElement recipe = Recipes["nll-2d"];
        ExperimentSpec spec = Read(recipe.GetProperty("experiment"));
        double integral = recipe.GetProperty("test").GetProperty("nll").GetDouble();

        double one = Nll(spec, 1), ten = Nll(spec, 10), thousand = Nll(spec, 1000);

        Assert.True(one > ten && ten > thousand, $"{one}, {ten}, {thousand}");
        Assert.Equal(integral, thousand, 2 * NllTolerance);
    }

    static double Nll(ExperimentSpec spec, int samples)
    {
        spec = spec with { Eval = spec.Eval with { NllSamples = samples } };
        using var team = new ThreadTeam(1);
        Trainer trainer = Start(spec, team);
        Assert.Equal(spec.Train.Epochs, trainer.Run(CancellationToken.None).Count());
        return trainer.Finish(CancellationToken.None).Metrics.Single(m => m.Name == "nll").Value;
    }

    static Trainer Start(ExperimentSpec spec, ThreadTeam team) => new(
        new ExperimentSettings(spec.Seed, spec.Data.Binarize, spec.Model, spec.Loss, spec.Train, spec.Eval),
        new Splits(Images(23, 3), Images(9, 101), Images(11, 57), ["0", "1", "2"], []), team);

    static void AssertSame(JsonElement expected, Dictionary<string, double> found, string where)
    {
        string[] wrong = [.. expected.EnumerateObject()
            .Select(metric => (metric.Name, Wanted: metric.Value.GetDouble(), Found: found[metric.Name]))
            .Where(m => Math.Abs(m.Wanted - m.Found) > (m.Name == "nll" ? NllTolerance : Tolerance * Math.Max(1, Math.Abs(m.Wanted))))
            .Select(m => $"{where}: {m.Name} is {m.Found}, PyTorch's is {m.Wanted}")];
        Assert.Empty(wrong);
    }

    static ExperimentSpec Read(JsonElement experiment)
    {
        SpecResult result = SpecReader.ReadText("recipe", experiment.GetRawText());
        Assert.Empty(result.Problems);
        return result.Spec!;
    }

    /// <summary>Images of the script's polynomial; image i has class i mod 3.</summary>
    static ImageSet Images(int count, int salt) => new(
        Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(0, Height * Width).Select(j => (byte)(salt + 7 * i * i + 11 * i * j + 5 * j * j))).ToArray(),
        Enumerable.Range(0, count).Select(i => (byte)(i % Classes)).ToArray(), new ImageShape(Height, Width));

    static string Word(Split split) => split == Split.Train ? "train" : "validation";

#pragma warning disable RS0030 // the script projects with its own cosine
    static double Cosine(int i) => Math.Cos(i);
#pragma warning restore RS0030
}
