package io.github.ftmaven.plugin.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pom and a build set of the plugin. */
class SettingsTest {
    private final MavenProject project = new MavenProject(new Model());
    private final Plugin declared = new Plugin();
    private final Properties commandLine = new Properties();
    private final Properties jvm = new Properties();
    private final MavenSession session = mock(MavenSession.class);
    private final PluginDescriptor plugin = new PluginDescriptor();

    @BeforeEach
    void declare() throws Exception {
        plugin.setGroupId("io.github.ftmaven");
        plugin.setArtifactId("ft-maven-plugin");
        goal("train", "skip", "boolean", "ft.skip");
        goal("train", "device", "java.lang.String", "ft.device");
        declared.setGroupId("io.github.ftmaven");
        declared.setArtifactId("ft-maven-plugin");
        project.getBuild().addPlugin(declared);
        project.setOriginalModel(new Model());
        when(session.getUserProperties()).thenReturn(commandLine);
        when(session.getSystemProperties()).thenReturn(jvm);
    }

    @Test
    void aParameterThatNoGoalHasIsRefused() {
        declared.setConfiguration(configuration("devise", "cpu"));
        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(configuration("devise", "cpu")); // as Maven hands it down
        declared.addExecution(execution);
        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "<devise> in the pom's configuration of ft-maven-plugin: no goal has such a parameter. Did you"
                                + " mean 'device'? mvn ft:help -Ddetail lists them.");
    }

    @Test
    void aParameterOfOneExecutionIsRefusedToo() {
        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(configuration("skip", "ture"));
        declared.addExecution(execution);
        assertThatThrownBy(this::check)
                .hasMessage("<skip> in the pom's configuration of ft-maven-plugin is ture: write true or false.");
    }

    @Test
    void whatGoalsHaveIsTaken() {
        declared.setConfiguration(configuration("device", "cpu"));
        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(configuration("skip", "${skipAll}"));
        declared.addExecution(execution);
        commandLine.setProperty("ft.device", "cpu");
        assertThat(check()).isEmpty();
    }

    @Test
    void aPropertyThatNobodyReadsIsToldOnce() {
        project.getProperties().setProperty("ft.devise", "cpu");
        assertThat(check()).hasSize(1);
        assertThat(check()).isEmpty();
    }

    @Test
    void aPropertyThatThePomReadsIsItsOwn() {
        Plugin versioned = new Plugin();
        versioned.setArtifactId("ft-maven-plugin");
        versioned.setVersion("${ft.version}");
        Model original = new Model();
        original.setBuild(new Build());
        original.getBuild().addPlugin(versioned);
        MavenProject parent = new MavenProject(new Model());
        parent.setOriginalModel(original);
        project.setParent(parent);
        project.getProperties().setProperty("ft.version", "1.0");
        assertThat(check()).isEmpty();
        commandLine.setProperty("ft.version", "2.0");
        assertThat(check()).isEmpty();
    }

    @Test
    void aPropertyOfMavensJvmIsSeen() {
        jvm.setProperty("ft.skp", "true");
        assertThatThrownBy(this::check)
                .hasMessageStartingWith("-Dft.skp, set in MAVEN_OPTS or .mvn/jvm.config: there is no such property");
    }

    private List<String> check() {
        return new Settings(project, session, plugin).check();
    }

    private void goal(String goal, String name, String type, String property) throws Exception {
        MojoDescriptor mojo = plugin.getMojo(goal);
        if (mojo == null) {
            mojo = new MojoDescriptor();
            mojo.setPluginDescriptor(plugin);
            mojo.setGoal(goal);
            mojo.setMojoConfiguration(new DefaultPlexusConfiguration("configuration"));
            plugin.addMojo(mojo);
        }
        Parameter parameter = new Parameter();
        parameter.setName(name);
        parameter.setType(type);
        mojo.addParameter(parameter);
        DefaultPlexusConfiguration value = new DefaultPlexusConfiguration(name, "${" + property + "}");
        value.setAttribute("implementation", type);
        mojo.getMojoConfiguration().addChild(value);
    }

    private static Xpp3Dom configuration(String name, String value) {
        Xpp3Dom configuration = new Xpp3Dom("configuration");
        Xpp3Dom parameter = new Xpp3Dom(name);
        parameter.setValue(value);
        configuration.addChild(parameter);
        return configuration;
    }
}
