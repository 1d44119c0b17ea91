using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Specs;
using FsCheck;
using FsCheck.Fluent;

namespace AeVae.Tests.Runner.Specs;

public sealed class ResolvedConfigTests
{
    [Fact]
    public void AnyExperimentComesBackFromItsJsonWithTheSameJson() =>
        Prop.ForAll(Specs.ToArbitrary(), spec =>
        {
            string json = ResolvedConfig.ToJson(spec);
            return ResolvedConfig.ToJson(ResolvedConfig.FromJson(json)) == json;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void CommentsOrderSpellingAndDescriptionDoNotChangeTheHash()
    {
        string one = "data: {dataset: mnist}\nmodel: {type: vae}\ntrain: {epochs: 2, learning_rate: 1e-4, optimizer: adam}\n";
        string other = "description: x\ntrain:\n  learning_rate: .0001   # small\n  epochs: 2.0\n  optimizer: {eps: 1e-8}\nmodel: {decoder: [400], type: \"vae\"}\ndata: {dataset: mnist}\nseed: 0\n";
        Assert.Equal(Hash(one), Hash(other));
        Assert.NotEqual(Hash(one), Hash(one + "seed: 1\n"));
    }

    [Fact]
    public void TheHashIsSha256OfTheText() =>
        // FIPS 180-2, appendix B.1.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ResolvedConfig.Sha256("abc"));

    [Fact]
    public void FlatteningGivesDottedKeysAndTheTextOfEveryLeaf()
    {
        var flat = ResolvedConfig.Flatten("""{"name":"x","train":{"learning_rate":1e-8,"early_stop":null},"model":{"encoder":[400,2],"type":"ae"}}""");
        Assert.Equal(["name=x", "train.learning_rate=1e-8", "train.early_stop=null", "model.encoder=[400,2]", "model.type=ae"], flat.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-4, "0.0001")]
    [InlineData(1e-8, "1e-8")]
    [InlineData(1e22, "1e22")]
    [InlineData(20, "20")]
    [InlineData(-0.0, "0")]
    public void NumbersHaveOneShortSpelling(double value, string expected) => Assert.Equal(expected, Canonical.Number(value));

    [Theory]
    [InlineData("mnist", "10000")]
    [InlineData("synthetic", "1000")]
    public void ASixthOfTheTrainingImagesValidatesUnlessTheFileSaysMore(string dataset, string expected)
    {
        string config = ResolvedConfig.ToJson(ExperimentFiles.Spec($"data: {{dataset: {dataset}}}\nmodel: {{type: ae}}\ntrain: {{epochs: 1}}\n"));
        Assert.Contains(new("data.validation", expected), ResolvedConfig.Flatten(config));
    }

    [Fact]
    public void OwnImagesAreDescribedByTheirKeysAndTheirNumberByTheFolderAlone()
    {
        ExperimentSpec spec = ExperimentFiles.Spec("data: {dataset: images, path: faces}\nmodel: {type: ae, encoder: [10], latent_dim: 2}\ntrain: {epochs: 1}\n");
        string config = ResolvedConfig.ToJson(spec);
        Assert.StartsWith("""{"name":"x","seed":0,"data":{"dataset":"images","path":"faces","size":32,"channels":"rgb","validation":null,"train_limit":null,"binarize":"none"},""", config, StringComparison.Ordinal);
        Assert.Equal(config, ResolvedConfig.ToJson(ResolvedConfig.FromJson(config)));

        ExperimentSize size = ExperimentSize.Of(spec);
        Assert.Equal([32 * 32 * 3, 10, 2, 10, 32 * 32 * 3], size.Widths);
        Assert.Null(size.StepsPerEpoch);
    }

    [Fact]
    public void TextThatIsNoConfigurationIsRefused() =>
        Assert.Throws<FormatException>(() => ResolvedConfig.FromJson("""{"name":"x","train":{"epochs":0}}"""));

    static string Hash(string yaml) => ResolvedConfig.Sha256(ResolvedConfig.ToJson(ExperimentFiles.Spec(yaml)));

    static Gen<T> Any<T>() where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

    static Gen<double> Unit => Gen.Choose(0, 999_999).Select(i => i / 1e6);

    static Gen<int[]> Widths => Gen.ArrayOf(Gen.Choose(1, 65536)).Select(widths => widths.Take(4).ToArray());

    static Gen<OptimizerOptions> Optimizers =>
        from type in Any<OptimizerType>()
        from a in Unit
        from b in Unit
        from truth in Gen.Elements(true, false)
        select new OptimizerOptions { Type = type, Betas = [a, b], Eps = a / 7, WeightDecay = truth ? b * 3 : null, Momentum = 0.5 + (a / 3), Nesterov = truth, Alpha = b, Centered = !truth };

    static Gen<ScheduleOptions> Schedules =>
        from type in Any<ScheduleType>()
        from a in Unit
        from n in Gen.Choose(1, 1000)
        select new ScheduleOptions { Type = type, StepSize = n, Milestones = [n, n + 1, n + 7], Gamma = a, MinLearningRate = a / 1e9, WarmupEpochs = n };

    static Gen<ExperimentSpec> Specs =>
        from seed in ArbMap.Default.GeneratorFor<ulong>()
        from type in Any<ModelType>()
        from activation in Any<Activation>()
        from binarize in Any<Binarization>()
        from reconstruction in Any<Reconstruction>()
        from encoder in Widths
        from decoder in Widths
        from n in Gen.Choose(1, 50_000)
        from unit in Unit
        from optimizer in Optimizers
        from schedule in Schedules
        select new ExperimentSpec
        {
            Name = $"any-{n}",
            Description = n % 2 == 0 ? "some: text" : null,
            Seed = seed,
            Data = new() { Dataset = "mnist", Validation = n % 3 == 0 ? ValidationSource.Test : ValidationSource.FromTraining(n), TrainLimit = n % 5 == 0 ? n : null, Binarize = binarize },
            Model = new() { Type = type, Encoder = encoder, LatentDim = 1 + n % 4096, Decoder = n % 2 == 0 ? decoder : null, Activation = activation, LatentActivation = activation },
            Loss = new() { Reconstruction = reconstruction, KlWeight = unit * 1e3, KlWarmupEpochs = n % 7 },
            Train = new()
            {
                Epochs = n,
                BatchSize = n,
                Optimizer = optimizer,
                Schedule = schedule,
                LearningRate = 1e-3 + (unit / 3),
                GradientClip = n % 2 == 0 ? unit + 1e-7 : null,
                EarlyStop = n % 4 == 0 ? new() { Patience = n, MinDelta = unit } : null,
            },
            Eval = new() { Every = n, NllSamples = n },
            Checkpoint = new() { Every = n, Keep = n, Best = n % 2 == 0 ? "val.mse" : null },
        };
}
