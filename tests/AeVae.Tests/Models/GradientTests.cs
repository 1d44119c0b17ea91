using AeVae.Compute;
using AeVae.Models;
using AeVae.Models.Layers;
using AeVae.Models.Losses;

namespace AeVae.Tests.Models;

public sealed class GradientTests
{
    const int Pixels = 6;
    const int Rows = 4;
    const double KlWeight = 0.7;

    // fp32 rounding of a few dozen operations, relative to the largest gradient of the tensor; finite differences in double add far less.
    const double Tolerance = 5e-6;

    public static TheoryData<ModelOptions, LossOptions> Networks()
    {
        var data = new TheoryData<ModelOptions, LossOptions>();
        var vae = new ModelOptions { Type = ModelType.Vae, Encoder = [5, 4], LatentDim = 3, Activation = Activation.Tanh };
        var ae = vae with { Type = ModelType.Ae };
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            data.Add(vae with { Activation = activation }, new LossOptions());
            data.Add(ae with { LatentActivation = activation }, new LossOptions());
        }

        foreach (ModelOptions model in new[] { ae, vae })
        {
            data.Add(model, new LossOptions { Reduction = Reduction.Mean });
            foreach (Reduction reduction in Enum.GetValues<Reduction>())
            {
                data.Add(model, new LossOptions { Reconstruction = Reconstruction.Mse, Reduction = reduction });
                data.Add(model with { Output = OutputActivation.Identity }, new LossOptions { Reconstruction = Reconstruction.Mse, Reduction = reduction });
            }

            data.Add(model with { Encoder = [] }, new LossOptions());
            data.Add(model with { Encoder = [], Decoder = [4] }, new LossOptions());
            data.Add(model with { Encoder = [5], Decoder = [4, 3, 5] }, new LossOptions());
        }

        return data;
    }

    [Theory, MemberData(nameof(Networks))]
    public void EveryGradientIsTheFiniteDifferenceOfTheObjective(ModelOptions model, LossOptions loss)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var team = new ThreadTeam(1);
        var network = new Autoencoder(model, Pixels, seed: 5, capacity: Rows + 1);
        var objective = new Objective(loss, model.Output, Pixels, Rows + 1);
        Matrix x = Uniform(Pixels, "image"), noise = Uniform(model.LatentDim, "noise");

        network.Encode(x, team);
        Matrix decoded = network.Decode(network.Sample(noise, team), team);
        var losses = new BatchLosses(Rows);
        double klWeight = model.Type == ModelType.Vae ? KlWeight : 0;
        objective.Measure(decoded, x, network.Posterior, klWeight, losses, team);
        network.Backward(x, noise, objective.Gradient(decoded, x, team), (float)(klWeight / Rows), team);

        var reference = new ReferenceNetwork(model, loss, network.Parameters.ToDictionary(p => p.Name, p => Doubles(p.Value)));
        double[][] images = ToRows(x), epsilon = ToRows(noise);
        double expectedLoss = reference.Objective(images, epsilon, klWeight);
        Assert.Equal(expectedLoss, losses.Objective.ToArray().Average(), 1e-6 * Math.Abs(expectedLoss));
        Dictionary<string, double[]> expected = reference.Gradient(images, epsilon, klWeight);
        foreach (Parameter parameter in network.Parameters)
        {
            double[] wanted = expected[parameter.Name], found = Doubles(parameter.Value with { Matrix = parameter.Gradient });
            double largest = Math.Max(1e-3, wanted.Max(Math.Abs));
            for (int i = 0; i < wanted.Length; i++)
                Assert.True(Math.Abs(wanted[i] - found[i]) <= Tolerance * largest + 1e-8, $"{parameter.Name}[{i}] is {found[i]}, the finite difference {wanted[i]}");
        }
    }

    [Fact]
    public void AKlWeightOfZeroLeavesTheTermOutEvenWhenItIsInfinite()
    {
        using var team = new ThreadTeam(1);
        var model = new ModelOptions { Type = ModelType.Vae, Encoder = [], LatentDim = 1, Decoder = [] };
        var network = new Autoencoder(model, Pixels, seed: 5, capacity: Rows);
        network.Parameters.Single(p => p.Name == "log_variance.bias").Value.CopyFrom([100f]);   // σ² overflows fp32
        network.Parameters.Single(p => p.Name == "decoder.0.weight").Value.CopyFrom(new float[Pixels]);
        var objective = new Objective(new LossOptions { KlWeight = 0 }, model.Output, Pixels, Rows);
        var losses = new BatchLosses(Rows);
        Matrix x = Uniform(Pixels, "image"), noise = Uniform(1, "noise");
        network.Encode(x, team);

        objective.Measure(network.Decode(network.Sample(noise, team), team), x, network.Posterior, klWeight: 0, losses, team);

        Assert.All(losses.Objective.ToArray(), loss => Assert.True(double.IsFinite(loss)));
    }

    static Matrix Uniform(int columns, string purpose)
    {
        var matrix = new Matrix(Rows, columns);
        for (int row = 0; row < Rows; row++) new RandomStream(11, purpose).FillUniform(matrix.Row(row), step: (uint)row, epoch: 0);
        return matrix;
    }

    static double[][] ToRows(Matrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray().Select(v => (double)v).ToArray())];

    static double[] Doubles(Tensor tensor) => [.. tensor.ToArray().Select(v => (double)v)];
}
