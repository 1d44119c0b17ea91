using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;

namespace AeVae.Tests.Nc1.Golden;

/// <summary>The runs of tests/nc1-reference/recipes.c as settings of the product.</summary>
static class GoldenRecipes
{
    static readonly EvaluationOptions EveryEpoch = new();

    public static IReadOnlyDictionary<string, ExperimentSettings> All { get; } = new Dictionary<string, ExperimentSettings>
    {
        ["reference run"] = ReferenceRun.Settings,
        ["tanh ae"] = new(
            Seed: 0x123456789abcdef0,
            Binarization.Static,
            new ModelOptions { Type = ModelType.Ae, Encoder = [19, 17], LatentDim = 3, Decoder = [18], Activation = Activation.Tanh, LatentActivation = Activation.Softplus, Init = Initialization.Glorot },
            new LossOptions { Reconstruction = Reconstruction.Mse, Reduction = Reduction.Mean },
            new TrainingOptions
            {
                Epochs = 4,
                BatchSize = 32,
                LearningRate = 0.02,
                Optimizer = new() { Type = OptimizerType.Adamw, Betas = [0.8, 0.99], Eps = 1e-6, WeightDecay = 0.05 },
                Schedule = new() { Type = ScheduleType.Cosine, MinLearningRate = 0.001, WarmupEpochs = 2 },
                GradientClip = 0.02,
            },
            EveryEpoch),
        ["elu vae"] = new(
            Seed: 7,
            Binarization.Dynamic,
            new ModelOptions { Type = ModelType.Vae, Encoder = [20], LatentDim = 4, Decoder = [16, 21], Activation = Activation.Elu, Output = OutputActivation.Identity, Init = Initialization.He },
            new LossOptions { Reconstruction = Reconstruction.Mse, KlWeight = 0.5, KlWarmupEpochs = 3 },
            new TrainingOptions
            {
                Epochs = 4,
                BatchSize = 20,
                LearningRate = 0.005,
                Optimizer = new() { Type = OptimizerType.Sgd, Momentum = 0.9, Nesterov = true, WeightDecay = 0.001 },
                Schedule = new() { Type = ScheduleType.Exponential, Gamma = 0.7 },
            },
            EveryEpoch),
        ["softplus vae"] = new(
            Seed: 11,
            Binarization.Threshold,
            new ModelOptions { Type = ModelType.Vae, Encoder = [24], LatentDim = 2, Activation = Activation.Softplus },
            new LossOptions { Reduction = Reduction.Mean, KlWeight = 0.1 },
            new TrainingOptions
            {
                Epochs = 4,
                BatchSize = 25,
                LearningRate = 0.004,
                Optimizer = new() { Type = OptimizerType.Rmsprop, Alpha = 0.95, Eps = 1e-7, Momentum = 0.5, Centered = true, WeightDecay = 0.01 },
                Schedule = new() { Type = ScheduleType.Step, Gamma = 0.3, StepSize = 2 },
            },
            EveryEpoch),
        ["leaky ae"] = new(
            Seed: 3,
            Binarization.None,
            new ModelOptions { Type = ModelType.Ae, Encoder = [18], LatentDim = 17, Decoder = [], Activation = Activation.LeakyRelu, Init = Initialization.He },
            new LossOptions(),
            new TrainingOptions
            {
                Epochs = 3,
                BatchSize = 100,
                LearningRate = 0.01,
                Optimizer = new() { WeightDecay = 0.01 },
                Schedule = new() { Type = ScheduleType.Warmup, WarmupEpochs = 2 },
                GradientClip = 1000,
            },
            EveryEpoch),
        ["sigmoid vae"] = new(
            Seed: 5,
            Binarization.None,
            new ModelOptions { Type = ModelType.Vae, Encoder = [], LatentDim = 6, Decoder = [33], Activation = Activation.Sigmoid, Output = OutputActivation.Identity, Init = Initialization.Glorot },
            new LossOptions { Reconstruction = Reconstruction.Mse, KlWeight = 0 },
            new TrainingOptions
            {
                Epochs = 3,
                BatchSize = 37,
                LearningRate = 0.01,
                Optimizer = new() { Type = OptimizerType.Sgd },
                Schedule = new() { Type = ScheduleType.Multistep, Gamma = 0.5, Milestones = [1, 2] },
            },
            EveryEpoch),
        ["wide vae"] = new(
            Seed: 13,
            Binarization.None,
            new ModelOptions { Type = ModelType.Vae, Encoder = [80, 96], LatentDim = 4, Decoder = [130] },
            new LossOptions(),
            new TrainingOptions { Epochs = 4, BatchSize = 16, LearningRate = 0.01 },
            EveryEpoch),
        ["linear ae"] = new(
            Seed: 9,
            Binarization.None,
            new ModelOptions { Type = ModelType.Ae, Encoder = [], LatentDim = 3, Output = OutputActivation.Identity },
            new LossOptions { Reconstruction = Reconstruction.Mse, Reduction = Reduction.Mean },
            new TrainingOptions { Epochs = 3, BatchSize = 40, LearningRate = 0.01, Optimizer = new() { Type = OptimizerType.Rmsprop } },
            EveryEpoch),
    };
}
